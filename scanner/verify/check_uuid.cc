// SPDX-License-Identifier: Apache-2.0
// UUIDs (RFC 9562 4.1, 4.2): version 1 to 8 in the 13th digit, variant 8, 9, a
// or b in the 17th.
#include "verify/check_list.h"
#include "verify/text.h"

namespace keysift {

CheckResult CheckUuid(const CheckInput& input) {
  const std::string_view uuid = input.Secret();
  if (uuid.size() != 36 || uuid[8] != '-' || uuid[13] != '-') {
    return CheckResult::Unknown();
  }
  const char version = uuid[14];
  const char variant = LowerOf(uuid[19]);
  if (version < '1' || version > '8' ||
      std::string_view("89ab").find(variant) == std::string_view::npos) {
    return CheckResult::Failed("UUID without a version");
  }
  return CheckResult::Pass("UUID of version " + std::string(1, version));
}

// Version 1 and 2 tell time and machine, 3 and 5 hash a name: whoever hands out
// random tokens does not use them.
CheckResult CheckUuid4(const CheckInput& input) {
  CheckResult result = CheckUuid(input);
  if (result.outcome == CheckResult::Outcome::kPass &&
      input.Secret()[14] != '4') {
    result = CheckResult::Unlike(result.reason + ", not random");
  }
  return result;
}

}  // namespace keysift
