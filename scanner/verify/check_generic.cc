// SPDX-License-Identifier: Apache-2.0
// Credentials without a format of their own: the name says that one is there,
// everything else says whether it is. The rules (rules/generic.toml) match no
// more than the name and the way to the value; where the value lies is read
// here, since no regular expression reads nested quotes.
#include "verify/check_list.h"
#include "verify/generic_judge.h"
#include "verify/generic_place.h"

namespace keysift {

CheckResult CheckGenericAssignment(const CheckInput& input) {
  GenericPlace place;
  if (!ReadPlace(input, &place)) {
    return CheckResult::Drop("no value");
  }
  const GenericVerdict verdict = JudgePlace(place);
  if (!verdict.keep) {
    return CheckResult::Drop(verdict.reason);
  }
  CheckResult result = CheckResult::Pass(verdict.reason);
  result.at_most = verdict.confidence;
  result.extent = input.window->Locate(place.value);
  return result;
}

}  // namespace keysift
