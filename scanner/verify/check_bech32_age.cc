// SPDX-License-Identifier: Apache-2.0
// age's identities: bech32 (BIP 173) of 32 bytes under the human-readable part
// "age-secret-key-", in upper case. Source: the age specification
// (C2SP/age.md); the checksum's polynomial is BIP 173's.
#include <array>
#include <cstdint>

#include "verify/check_list.h"
#include "verify/crc_tail.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr std::string_view kDigits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::array<uint32_t, 5> kGenerator = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

uint32_t Step(uint32_t checksum, uint32_t value) {
  const uint32_t top = checksum >> 25;
  checksum = (checksum & 0x1ffffff) << 5 ^ value;
  for (size_t i = 0; i < kGenerator.size(); ++i) {
    checksum ^= (top >> i & 1) != 0 ? kGenerator[i] : 0;
  }
  return checksum;
}

}  // namespace

CheckResult CheckBech32Age(const CheckInput& input) {
  const std::string identity = ToLower(input.Secret());
  const size_t one = identity.rfind('1');
  if (identity.rfind("age-secret-key-1", 0) != 0 || one == std::string::npos) {
    return CheckResult::Unknown();
  }
  uint32_t checksum = 1;
  for (size_t i = 0; i < one; ++i) {
    checksum = Step(checksum, static_cast<uint32_t>(identity[i]) >> 5);
  }
  checksum = Step(checksum, 0);
  for (size_t i = 0; i < one; ++i) {
    checksum = Step(checksum, static_cast<uint32_t>(identity[i]) & 31);
  }
  for (size_t i = one + 1; i < identity.size(); ++i) {
    const size_t digit = kDigits.find(identity[i]);
    if (digit == std::string_view::npos) {
      return ChecksumResult(false);
    }
    checksum = Step(checksum, static_cast<uint32_t>(digit));
  }
  return ChecksumResult(checksum == 1);
}

}  // namespace keysift
