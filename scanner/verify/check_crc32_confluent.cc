// SPDX-License-Identifier: Apache-2.0
// Confluent Cloud's API secrets (cflt…): 54 characters after the prefix, then 6
// of base64: the little-endian CRC-32 of those 54. Proved on an example (design
// notes).
#include "base/crc32.h"
#include "content/base64.h"
#include "verify/check_list.h"
#include "verify/crc_tail.h"

namespace keysift {

CheckResult CheckCrc32Confluent(const CheckInput& input) {
  std::string_view token = input.Secret();
  if (token.size() != 64 || token.substr(0, 4) != "cflt") {
    return CheckResult::Unknown();
  }
  token.remove_prefix(4);
  const uint32_t crc = Crc32(token.substr(0, 54));
  std::string little;
  for (int i = 0; i < 4; ++i) {
    little.push_back(static_cast<char>(crc >> (8 * i) & 0xff));
  }
  return ChecksumResult(DecodeBase64(token.substr(54)) == little);
}

}  // namespace keysift
