// SPDX-License-Identifier: Apache-2.0
// Compiled for AVX2 (CMakeLists.txt), and called only where the CPU has it.
#include "match/trigger_look.h"
#include "match/trigger_masks.h"

namespace keysift {

void LookForTriggersAvx2(const char* bytes, uint64_t blocks,
                         TriggerMasks* masks) {
  for (uint64_t i = 0; i < blocks; ++i) {
    masks[i] = LookAtBlock(bytes + i * TriggerMasks::kBytes);
  }
}

}  // namespace keysift
