// SPDX-License-Identifier: Apache-2.0
// Zuplo's API keys: "zpka_", 32 characters, "_", 8 hex digits: the CRC-32 of
// the 32 characters. Proved on examples (design notes).
#include "base/crc32.h"
#include "verify/check_list.h"
#include "verify/crc_tail.h"

namespace keysift {

CheckResult CheckCrc32Zuplo(const CheckInput& input) {
  const std::string_view body = AfterUnderscore(input.Secret(), 1);
  const std::string_view tail = AfterUnderscore(body, 1);
  if (tail.size() != 8 || body.size() <= 9) {
    return CheckResult::Unknown();
  }
  const std::string_view head = body.substr(0, body.size() - 9);
  return ChecksumResult(IsCrcHex(tail, Crc32(head), ByteOrder::kBig));
}

}  // namespace keysift
