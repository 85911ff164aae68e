// SPDX-License-Identifier: Apache-2.0
#include "content/base32.h"

#include <cstdint>

namespace keysift {

std::optional<std::string> DecodeBase32(std::string_view text) {
  while (!text.empty() && text.back() == '=') {
    text.remove_suffix(1);
  }
  std::string bytes;
  bytes.reserve(text.size() * 5 / 8 + 1);
  uint32_t buffer = 0;
  int bits = 0;
  for (char c : text) {
    // RFC 4648, table 3: A-Z are 0-25, 2-7 are 26-31.
    int value = -1;
    if (c >= 'A' && c <= 'Z') {
      value = c - 'A';
    } else if (c >= 'a' && c <= 'z') {
      value = c - 'a';
    } else if (c >= '2' && c <= '7') {
      value = c - '2' + 26;
    }
    if (value < 0) {
      return std::nullopt;
    }
    buffer = buffer << 5 | static_cast<uint32_t>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<char>(buffer >> bits & 0xff));
    }
  }
  return bytes;
}

}  // namespace keysift
