// SPDX-License-Identifier: Apache-2.0
// Compiled for AVX-512 (CMakeLists.txt), and called only where the CPU has it.
#include "match/trigger_look.h"
#include "match/trigger_masks.h"

namespace keysift {

uint64_t LookForTriggersAvx512(const char* bytes, uint64_t blocks,
                               uint64_t runs_before, TriggerMasks* masks) {
  return LookAtBlocks(bytes, blocks, runs_before, masks);
}

}  // namespace keysift
