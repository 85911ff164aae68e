// SPDX-License-Identifier: Apache-2.0
#include "content/text_kind.h"

#include <algorithm>

namespace keysift {
namespace {

// Mostly Latin text in UTF-16 has a zero in every second byte and none in the
// others.
bool ZerosAtEvery(std::string_view bytes, size_t first) {
  size_t zeros = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const bool zero = bytes[i] == '\0';
    if (i % 2 == first) {
      zeros += zero ? 1 : 0;
    } else if (zero) {
      return false;
    }
  }
  return bytes.size() >= 16 && zeros * 10 >= bytes.size() / 2 * 8;
}

}  // namespace

TextKind ClassifyText(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kLookedAt);
  if (head.substr(0, 2) == "\xff\xfe" || ZerosAtEvery(head, 1)) {
    return TextKind::kUtf16Little;
  }
  if (head.substr(0, 2) == "\xfe\xff" || ZerosAtEvery(head, 0)) {
    return TextKind::kUtf16Big;
  }
  return head.find('\0') == std::string_view::npos ? TextKind::kText
                                                   : TextKind::kBinary;
}

}  // namespace keysift
