// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace keysift {

// The CRC-32 of zlib and of git's pack indexes. `before` is the CRC of what
// came before, so that a text may come in pieces.
uint32_t Crc32(std::string_view bytes, uint32_t before = 0);

}  // namespace keysift
