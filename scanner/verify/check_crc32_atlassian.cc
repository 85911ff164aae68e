// SPDX-License-Identifier: Apache-2.0
// Atlassian's API tokens (ATATT3…, ATCTT3…) end in "=" and 8 upper-case hex
// digits: the CRC-32 of everything before those digits, "=" included. Not
// documented; proved on a published example (design notes).
#include "base/crc32.h"
#include "verify/check_list.h"
#include "verify/crc_tail.h"

namespace keysift {

CheckResult CheckCrc32Atlassian(const CheckInput& input) {
  const std::string_view token = input.Secret();
  if (token.size() < 20 || token[token.size() - 9] != '=') {
    return CheckResult::Unknown();
  }
  const std::string_view head = token.substr(0, token.size() - 8);
  return ChecksumResult(
      IsCrcHex(token.substr(head.size()), Crc32(head), ByteOrder::kBig));
}

}  // namespace keysift
