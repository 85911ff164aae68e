// SPDX-License-Identifier: Apache-2.0
// Cloudflare's scannable tokens (cfut_, cfat_, cfk_): 40 characters, then the
// CRC-32 of these 40 in 8 hex digits. Cloudflare documents that the tail is a
// checksum; the formula is proved on an example (design notes).
#include "base/crc32.h"
#include "verify/check_list.h"
#include "verify/crc_tail.h"

namespace keysift {

CheckResult CheckCrc32Cloudflare(const CheckInput& input) {
  const std::string_view body = AfterUnderscore(input.Secret(), 1);
  if (body.size() != 48) {
    return CheckResult::Unknown();
  }
  return ChecksumResult(
      IsCrcHex(body.substr(40), Crc32(body.substr(0, 40)), ByteOrder::kBig));
}

}  // namespace keysift
