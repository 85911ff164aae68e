// SPDX-License-Identifier: Apache-2.0
#include "verify/line_index.h"

#include <algorithm>

namespace keysift {

LineIndex::LineIndex(std::string_view text) {
  begins_.push_back(0);
  for (size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    begins_.push_back(at + 1);
  }
}

LineIndex::Place LineIndex::PlaceOf(uint64_t offset) const {
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), offset);
  const uint64_t line = static_cast<uint64_t>(after - begins_.begin()) - 1;
  return Place{line, offset - begins_[line]};
}

}  // namespace keysift
