// SPDX-License-Identifier: Apache-2.0
// Credentials without a format of their own: the name says that one is there,
// everything else says whether it is. The rules (rules/generic.toml) match no
// more than the name and the way to the value; where the value lies is read
// here, since no regular expression reads nested quotes. Where a form is simple
// (a URL, a header, a command line) the regex captures the value.
#include <algorithm>

#include "content/base64.h"
#include "verify/check_list.h"
#include "verify/generic_judge.h"
#include "verify/generic_place.h"
#include "verify/generic_value.h"
#include "verify/generic_words.h"
#include "verify/text.h"

namespace keysift {
namespace {

CheckResult ToResult(const GenericVerdict& verdict) {
  if (!verdict.keep) {
    return CheckResult::Drop(verdict.reason);
  }
  CheckResult result = CheckResult::Pass(verdict.reason);
  result.at_most = verdict.confidence;
  return result;
}

// A captured value, as if it stood behind `name`.
GenericPlace PlaceOf(const CheckInput& input, std::string_view name) {
  GenericPlace place;
  place.form = GenericPlace::Form::kQuoted;
  place.name = name;
  place.value = input.Secret();
  place.closed = true;
  return place;
}

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace

CheckResult CheckGenericAssignment(const CheckInput& input) {
  GenericPlace place;
  if (!ReadPlace(input, &place)) {
    return CheckResult::Drop("no value");
  }
  CheckResult result = ToResult(JudgePlace(place));
  if (result.outcome == CheckResult::Outcome::kPass) {
    result.extent = input.window->Locate(place.value);
  }
  return result;
}

CheckResult CheckGenericValue(const CheckInput& input) {
  GenericPlace place = PlaceOf(input, "password");
  place.in_passing = true;
  // In a URL the user stands before it: "admin:admin@" is no secret.
  const std::string_view match = input.Match();
  const size_t colon = match.rfind(':', input.secret.begin - input.match.begin);
  if (colon != std::string_view::npos && colon > 0) {
    size_t begin = colon;
    while (begin > 0 && (IsAlnum(match[begin - 1]) || match[begin - 1] == '_' ||
                         match[begin - 1] == '-' || match[begin - 1] == '.')) {
      --begin;
    }
    if (match.substr(begin, colon - begin) == place.value) {
      return CheckResult::Drop("the user's name again");
    }
  }
  return ToResult(JudgePlace(place));
}

CheckResult CheckGenericBasic(const CheckInput& input) {
  const std::string_view secret = input.Secret();
  const std::string text = DecodeBase64(secret).value_or("");
  const size_t colon = text.find(':');
  if (colon == std::string::npos || !IsPrintable(text)) {
    if (!text.empty() && IsPrintable(text)) {
      return CheckResult::Drop("no base64 of user:password");
    }
    // Not what it should be; a long mixed run may still be a secret.
    const bool mixed = std::any_of(secret.begin(), secret.end(), IsDigit) &&
                       std::any_of(secret.begin(), secret.end(), IsUpper) &&
                       std::any_of(secret.begin(), secret.end(), IsLower);
    if (!mixed || secret.size() < 8 || SampleCover(secret) > 0.6) {
      return CheckResult::Drop("no base64 of user:password");
    }
    CheckResult result = CheckResult::Pass("letters and digits");
    result.at_most = Confidence::kLikely;
    return result;
  }
  GenericPlace place = PlaceOf(input, "password");
  place.value = std::string_view(text).substr(colon + 1);
  if (place.value.empty() || text.substr(0, colon) == place.value) {
    return CheckResult::Drop("no password in it");
  }
  CheckResult result = ToResult(JudgePlace(place));
  result.reason = "base64 of user:password, " + result.reason;
  return result;
}

CheckResult CheckGenericBearer(const CheckInput& input) {
  return ToResult(JudgePlace(PlaceOf(input, "access_token")));
}

CheckResult CheckGenericJose(const CheckInput& input) {
  const std::string_view secret = input.Secret();
  const std::string header =
      DecodeBase64(secret.substr(0, secret.find('.'))).value_or("");
  if (header.size() < 8 || header.compare(0, 2, "{\"") != 0 ||
      header.find("\":") == std::string::npos || !IsPrintable(header)) {
    return CheckResult::Drop("its first part is no JSON object");
  }
  CheckResult result = CheckResult::Pass("a JSON header and parts in base64");
  result.at_most = Confidence::kLikely;
  return result;
}

}  // namespace keysift
