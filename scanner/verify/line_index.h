// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace keysift {

// Where the lines of a text begin. Reads the text once.
class LineIndex {
 public:
  struct Place {
    uint64_t line = 0;    // both count from 0
    uint64_t column = 0;  // bytes
  };

  explicit LineIndex(std::string_view text);
  Place PlaceOf(uint64_t offset) const;

 private:
  std::vector<uint64_t> begins_;
};

}  // namespace keysift
