// SPDX-License-Identifier: Apache-2.0
#include "match/trigger_masks.h"

#include "match/trigger_look.h"

namespace keysift {

void LookForTriggers(const char* bytes, uint64_t blocks, TriggerMasks* masks) {
#if defined(__x86_64__)
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (has_avx2) {
    LookForTriggersAvx2(bytes, blocks, masks);
    return;
  }
#endif
  LookForTriggersPlain(bytes, blocks, masks);
}

void LookForTriggersPlain(const char* bytes, uint64_t blocks,
                          TriggerMasks* masks) {
  for (uint64_t i = 0; i < blocks; ++i) {
    masks[i] = LookAtBlock(bytes + i * TriggerMasks::kBytes);
  }
}

}  // namespace keysift
