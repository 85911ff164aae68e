// SPDX-License-Identifier: Apache-2.0
#include "verify/crc_tail.h"

#include "content/hex.h"

namespace keysift {

bool IsCrcHex(std::string_view hex, uint32_t crc, ByteOrder order) {
  const std::optional<std::string> bytes = DecodeHex(hex);
  if (!bytes.has_value() || bytes->size() != 4) {
    return false;
  }
  uint32_t stated = 0;
  for (size_t i = 0; i < 4; ++i) {
    const size_t at = order == ByteOrder::kBig ? i : 3 - i;
    stated = stated << 8 | static_cast<unsigned char>((*bytes)[at]);
  }
  return stated == crc;
}

CheckResult ChecksumResult(bool ok) {
  return ok ? CheckResult::Pass("checksum ok")
            : CheckResult::Failed("checksum failed");
}

std::string_view AfterUnderscore(std::string_view token, int n) {
  for (int i = 0; i < n; ++i) {
    const size_t at = token.find('_');
    if (at == std::string_view::npos) {
      return {};
    }
    token.remove_prefix(at + 1);
  }
  return token;
}

}  // namespace keysift
