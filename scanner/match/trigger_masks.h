// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace keysift {

// Of 64 bytes (bit i: byte i), which may be part of a trigger.
struct TriggerMasks {
  static constexpr uint64_t kBytes = 64;

  // Digits of base64 in either alphabet; those of hex are among them.
  uint64_t runs = 0;
  // Escape characters before a byte that makes them one, and bytes at a line's
  // end where a word may have been cut.
  uint64_t signs = 0;
};

// The masks of `blocks` times 64 bytes. One byte more is read. Uses what the
// CPU has; the outcome is the same on all.
void LookForTriggers(const char* bytes, uint64_t blocks, TriggerMasks* masks);

// The same on any CPU; and on one that has AVX2, twice as fast.
void LookForTriggersPlain(const char* bytes, uint64_t blocks,
                          TriggerMasks* masks);
void LookForTriggersAvx2(const char* bytes, uint64_t blocks,
                         TriggerMasks* masks);

}  // namespace keysift
