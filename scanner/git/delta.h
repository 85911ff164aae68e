// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "base/copy_run.h"
#include "base/result.h"

namespace keysift {

// The two sizes that a delta starts with (gitformat-pack, "Deltified
// representation").
struct DeltaHeader {
  uint64_t base_size = 0;
  uint64_t result_size = 0;
  uint64_t instructions = 0;  // where they begin in the delta
};

// Fails with kDamaged if the header is cut or a size passes 64 bits.
Result<DeltaHeader> ReadDeltaHeader(std::string_view delta);

// Rebuilds an object: applies `delta` to `base` into `result` (overwritten).
// `base` and `delta` must be followed by Buffer::kSlack readable bytes. If
// `runs` is given it is overwritten with the maximal copied pieces, in order.
// Fails with kDamaged (reserved instruction, copy out of the base, sizes that
// do not agree) and then leaves `result` undefined. Thread-safe.
Result<void> ApplyDelta(std::string_view base, std::string_view delta,
                        uint64_t max_size, Buffer* result,
                        std::vector<CopyRun>* runs);

}  // namespace keysift
