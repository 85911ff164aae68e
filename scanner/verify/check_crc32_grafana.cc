// SPDX-License-Identifier: Apache-2.0
// Grafana's service account tokens: "glsa_", 32 characters, "_", 8 hex digits:
// the CRC-32 of "glsa_" and the 32 characters, its bytes little-endian. Source:
// Grafana's own key generator (pkg/components/satokengen), proved on an example
// (design notes).
#include "base/crc32.h"
#include "verify/check_list.h"
#include "verify/crc_tail.h"

namespace keysift {

CheckResult CheckCrc32Grafana(const CheckInput& input) {
  const std::string_view token = input.Secret();
  const std::string_view tail = AfterUnderscore(token, 2);
  if (token.substr(0, 5) != "glsa_" || tail.size() != 8) {
    return CheckResult::Unknown();
  }
  const std::string_view head = token.substr(0, token.size() - 9);
  return ChecksumResult(IsCrcHex(tail, Crc32(head), ByteOrder::kLittle));
}

}  // namespace keysift
