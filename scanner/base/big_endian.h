// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace keysift {

// Big-endian ("network order") integers at a place whose bounds the caller has
// checked: for tables that are read by row number. Everything else reads
// through ByteReader. Any alignment; compilers make one load of it.
inline uint32_t LoadBig32(const char* bytes) {
  auto at = [bytes](int i) {
    return static_cast<uint32_t>(static_cast<uint8_t>(bytes[i]));
  };
  return at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3);
}

inline uint64_t LoadBig64(const char* bytes) {
  return static_cast<uint64_t>(LoadBig32(bytes)) << 32 | LoadBig32(bytes + 4);
}

inline uint16_t LoadBig16(const char* bytes) {
  return static_cast<uint16_t>(static_cast<uint8_t>(bytes[0]) << 8 |
                               static_cast<uint8_t>(bytes[1]));
}

}  // namespace keysift
