// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace keysift {

// A text that is read byte by byte and remembers how far out it was read, so
// that what was concluded may be carried to where just those bytes were copied
// (verify's Window does the same for verdicts). The text must outlive it.
class Sight {
 public:
  static constexpr int kEdge = -1;

  explicit Sight(std::string_view text) : text_(text) {}

  // The byte at `i`, 0 to 255, or kEdge outside of the text.
  int At(int64_t i) {
    low_ = std::min(low_, std::max<int64_t>(i, -1));
    high_ = std::max(high_, std::min(i, size()) + 1);
    return i < 0 || i >= size()
               ? kEdge
               : static_cast<uint8_t>(text_[static_cast<uint64_t>(i)]);
  }
  // Marks [begin, end) as read.
  void See(int64_t begin, int64_t end) {
    At(begin);
    At(end - 1);
  }

  // What was read: [low, high). low == -1: also that the text begins at 0;
  // high == size + 1: also that it ends there.
  int64_t low() const { return low_; }
  int64_t high() const { return high_; }

 private:
  int64_t size() const { return static_cast<int64_t>(text_.size()); }

  std::string_view text_;
  int64_t low_ = INT64_MAX;
  int64_t high_ = INT64_MIN;
};

}  // namespace keysift
