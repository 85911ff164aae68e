// SPDX-License-Identifier: Apache-2.0
#include "match/trigger_masks.h"

#include "match/trigger_look.h"

namespace keysift {

uint64_t LookForTriggers(const char* bytes, uint64_t blocks,
                         uint64_t runs_before, TriggerMasks* masks) {
#if defined(__x86_64__)
  static const bool has_avx512 = __builtin_cpu_supports("avx512bw") != 0;
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (has_avx512) {
    return LookForTriggersAvx512(bytes, blocks, runs_before, masks);
  }
  if (has_avx2) {
    return LookForTriggersAvx2(bytes, blocks, runs_before, masks);
  }
#endif
  return LookForTriggersPlain(bytes, blocks, runs_before, masks);
}

uint64_t LookForTriggersPlain(const char* bytes, uint64_t blocks,
                              uint64_t runs_before, TriggerMasks* masks) {
  return LookAtBlocks(bytes, blocks, runs_before, masks);
}

}  // namespace keysift
