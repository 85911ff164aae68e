// SPDX-License-Identifier: Apache-2.0
#include "content/decoder.h"

#include "content/wide_text.h"

namespace keysift {
namespace {

constexpr size_t kLeastText = 15;  // bytes
// One control character per so many bytes is still text.
constexpr size_t kTextPerControl = 32;

}  // namespace

void Decoded::AddCodePoint(uint32_t code, uint64_t origin) {
  const auto tail = [&](int shift) {
    Add(static_cast<char>(0x80 | (code >> shift & 0x3f)), origin);
  };
  if (code < 0x80) {
    Add(static_cast<char>(code), origin);
  } else if (code < 0x800) {
    Add(static_cast<char>(0xc0 | code >> 6), origin);
    tail(0);
  } else if (code < 0x10000) {
    if (code >= 0xd800 && code < 0xe000) {
      return;
    }
    Add(static_cast<char>(0xe0 | code >> 12), origin);
    tail(6);
    tail(0);
  } else if (code < 0x110000) {
    Add(static_cast<char>(0xf0 | code >> 18), origin);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool LooksLikeText(std::string_view bytes) {
  if (bytes.size() < kLeastText) {
    return false;
  }
  if (WideKindOf(bytes) != WideKind::kNone) {
    return true;
  }
  size_t controls = 0;
  size_t broken = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const uint8_t byte = static_cast<uint8_t>(bytes[i]);
    if (byte < 0x80) {
      controls += byte == 0x7f || (byte < 0x20 && (byte < 9 || byte > 13));
      continue;
    }
    // UTF-8's form; the code points do not matter.
    size_t tail = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    broken += tail == 0 || byte > 0xf4;
    for (; tail > 0 && i + 1 < bytes.size(); --tail) {
      if (static_cast<uint8_t>(bytes[i + 1]) >> 6 != 2) {
        ++broken;
        break;
      }
      ++i;
    }
  }
  return (controls + broken) * kTextPerControl <= bytes.size();
}

}  // namespace keysift
