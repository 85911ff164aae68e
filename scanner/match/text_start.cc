// SPDX-License-Identifier: Apache-2.0
#include "match/text_start.h"

namespace keysift {

bool BeginsAsText(const uint8_t* bytes, size_t size) {
  if (size >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf) {
    return true;
  }
  if ((bytes[0] == 0xff && bytes[1] == 0xfe) ||
      (bytes[0] == 0xfe && bytes[1] == 0xff)) {
    return true;
  }
  if (bytes[0] == 0 || bytes[1] == 0) {
    const size_t zero = bytes[0] == 0 ? 0 : 1;
    for (size_t i = 0; i < size; ++i) {
      if (i % 2 == zero ? bytes[i] != 0 : !IsTextByte(bytes[i])) {
        return false;
      }
    }
    return true;
  }
  size_t i = 0;
  while (i < size) {
    if (IsTextByte(bytes[i])) {
      ++i;
      continue;
    }
    const int length = bytes[i] >= 0xc2 && bytes[i] <= 0xdf   ? 2
                       : bytes[i] >= 0xe0 && bytes[i] <= 0xef ? 3
                                                              : 0;
    if (length == 0) {
      return false;
    }
    for (int k = 1; k < length && i + static_cast<size_t>(k) < size; ++k) {
      if (bytes[i + static_cast<size_t>(k)] >> 6 != 2) {
        return false;
      }
    }
    i += static_cast<size_t>(length);
  }
  return true;
}

}  // namespace keysift
