// SPDX-License-Identifier: Apache-2.0
// GitHub's tokens of 2021 (ghp_, gho_, ghu_, ghs_, ghr_) and npm's (npm_): the
// last 6 of the characters after the prefix are the CRC-32 of those before
// them, in base 62 with the digits 0-9 A-Z a-z, padded on the left with 0.
// Source: GitHub's engineering blog, "Behind GitHub's new authentication token
// formats" (April 2021); proved on real tokens (design notes).
#include "base/crc32.h"
#include "verify/check_list.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr size_t kTail = 6;

// -1 if `digits` holds another character.
int64_t ReadBase62(std::string_view digits) {
  int64_t value = 0;
  for (char c : digits) {
    const int digit = IsDigit(c)   ? c - '0'
                      : IsUpper(c) ? c - 'A' + 10
                      : IsLower(c) ? c - 'a' + 36
                                   : -1;
    if (digit < 0) {
      return -1;
    }
    value = value * 62 + digit;
  }
  return value;
}

}  // namespace

CheckResult CheckCrc32Github(const CheckInput& input) {
  std::string_view token = input.Secret();
  const size_t underscore = token.find('_');
  if (underscore != std::string_view::npos) {
    token.remove_prefix(underscore + 1);
  }
  if (token.size() <= kTail) {
    return CheckResult::Unknown();
  }
  const std::string_view body = token.substr(0, token.size() - kTail);
  const int64_t stated = ReadBase62(token.substr(body.size()));
  return stated == Crc32(body) ? CheckResult::Pass("checksum ok")
                               : CheckResult::Failed("checksum failed");
}

}  // namespace keysift
