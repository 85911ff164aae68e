// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace keysift {

// Positions of one text in lines and columns, for offsets that mostly rise.
// Both count from 1, columns in bytes.
class TextLines {
 public:
  explicit TextLines(std::string_view text) : text_(text) {}

  std::pair<uint64_t, uint64_t> At(uint64_t offset) {
    if (offset < at_) {
      at_ = line_begin_ = 0;
      line_ = 1;
    }
    while (true) {
      const size_t next = text_.substr(0, offset).find('\n', at_);
      if (next == std::string_view::npos) {
        break;
      }
      at_ = line_begin_ = next + 1;
      ++line_;
    }
    at_ = offset;
    return {line_, offset - line_begin_ + 1};
  }

 private:
  std::string_view text_;
  uint64_t at_ = 0;
  uint64_t line_begin_ = 0;
  uint64_t line_ = 1;
};

}  // namespace keysift
