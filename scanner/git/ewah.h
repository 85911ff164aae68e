// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/byte_reader.h"
#include "base/result.h"

namespace keysift {

// The set bits of the EWAH bitmap at the reader's position (gitformat-bitmap,
// "Appendix A: Serialization format for an EWAH bitmap"), ascending; the reader
// then stands behind it. Fails with kDamaged if the bitmap is truncated or
// sets a bit at or above `limit`, so that its size is bounded by the limit
// whatever a run length claims.
Result<std::vector<uint32_t>> ReadEwah(ByteReader* reader, uint32_t limit);

}  // namespace keysift
