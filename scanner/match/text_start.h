// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace keysift {

// Printable ASCII and white space.
inline bool IsTextByte(uint8_t byte) {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
}

// Whether a text in ASCII, UTF-8 or UTF-16 may begin with it.
inline bool MayBeginText(uint8_t byte) {
  return IsTextByte(byte) || byte == 0 || byte >= 0xc2;
}

// Whether `size` bytes, at least two, may be the start of text: ASCII or UTF-8,
// cut anywhere, ASCII in UTF-16 of either byte order, or a byte order mark.
bool BeginsAsText(const uint8_t* bytes, size_t size);

}  // namespace keysift
