// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace keysift {

// Of 64 bytes (bit i: byte i), which may be part of a trigger.
struct TriggerMasks {
  static constexpr uint64_t kBytes = 64;
  // So many blocks are looked at in one call at most.
  static constexpr uint64_t kMaxBlocks = 64;
  // Runs of fewer digits are not worth a look.
  static constexpr uint64_t kRun = 20;

  // A quote at a line's end is a sign only if a word that long may stand before
  // it: many lines end in quotes.
  static constexpr uint64_t kCutWord = 10;

  // Digits of base64 in either alphabet; those of hex are among them.
  uint64_t runs = 0;
  // Escape characters before a byte that makes them one, and bytes at a line's
  // end where a word may have been cut.
  uint64_t signs = 0;
};

// The masks of `blocks` times 64 bytes. One byte more is read. Returns, a bit a
// block, which have a sign or may hold the end of a run of kRun digits;
// `runs_before` is the mask of what stands before the first. Uses what the CPU
// has; the outcome is the same on all.
uint64_t LookForTriggers(const char* bytes, uint64_t blocks,
                         uint64_t runs_before, TriggerMasks* masks);

// The same on any CPU; on one that has AVX2, twice as fast; and on one that has
// AVX-512 (BW), again.
uint64_t LookForTriggersPlain(const char* bytes, uint64_t blocks,
                              uint64_t runs_before, TriggerMasks* masks);
uint64_t LookForTriggersAvx2(const char* bytes, uint64_t blocks,
                             uint64_t runs_before, TriggerMasks* masks);
uint64_t LookForTriggersAvx512(const char* bytes, uint64_t blocks,
                               uint64_t runs_before, TriggerMasks* masks);

}  // namespace keysift
