// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

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

}  // namespace keysift
