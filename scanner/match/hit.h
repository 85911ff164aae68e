// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace keysift {

// Where a pattern's hit form matched: (end, pattern). `end` is the offset one
// past the last byte, below 2^47. Patterns below RuleSet::rules.size() are
// rules; those from kFirstTrigger on are triggers (match/triggers.h). Sorting
// by `bits` sorts by (end, pattern), the order in which budgets count.
struct Hit {
  uint64_t bits = 0;

  static Hit At(uint64_t end, uint32_t pattern) {
    return Hit{end << 16 | pattern};
  }
  uint64_t end() const { return bits >> 16; }
  uint32_t pattern() const { return static_cast<uint32_t>(bits & 0xffff); }
  Hit Shifted(int64_t by) const {
    return Hit{bits + (static_cast<uint64_t>(by) << 16)};
  }
  bool operator==(const Hit& other) const = default;
  bool operator<(const Hit& other) const { return bits < other.bits; }
};

// The first of sorted hits that is not below `value`; their end if all are. As
// std::lower_bound, but without a branch on what is compared: asked for once
// per copied run, each such guess would be wrong half of the time.
inline const Hit* FirstNotBelow(const std::vector<Hit>& hits, Hit value) {
  const Hit* first = hits.data();
  size_t size = hits.size();
  if (size == 0) {
    return first;
  }
  while (size > 1) {
    const size_t half = size / 2;
    first += first[half - 1] < value ? half : 0;
    size -= half;
  }
  return first + (*first < value ? 1 : 0);
}

}  // namespace keysift
