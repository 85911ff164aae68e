// SPDX-License-Identifier: Apache-2.0
// Tokens whose body is the base64 of something readable: Grafana's glc_ and
// Sentry's sntrys_ (JSON), 1Password's ops_ (JSON), Artifactory's reference
// tokens ("reftkn:01:…"), Intercom's ("tok:…"). The longest base64 run of the
// secret is decoded; what it begins with decides.
#include <algorithm>

#include "content/base64.h"
#include "verify/check_list.h"
#include "verify/text.h"

namespace keysift {
namespace {

bool IsBase64(char c) { return IsAlnum(c) || c == '+' || c == '/' || c == '-'; }

// The longest run; '_' separates a prefix from a body far more often than it
// stands in one, so it ends a run at first.
std::string_view LongestRun(std::string_view token) {
  std::string_view longest;
  size_t begin = 0;
  for (size_t i = 0; i <= token.size(); ++i) {
    if (i < token.size() && IsBase64(token[i])) {
      continue;
    }
    if (i - begin > longest.size()) {
      longest = token.substr(begin, i - begin);
    }
    begin = i + 1;
  }
  return longest;
}

}  // namespace

CheckResult CheckBase64Payload(const CheckInput& input) {
  std::string_view run = LongestRun(input.Secret());
  run = run.substr(0, run.size() / 4 * 4);
  const std::string head = DecodeBase64(run.substr(0, 64)).value_or("");
  const size_t readable = std::min<size_t>(head.size(), 8);
  const bool printable =
      std::all_of(head.begin(), head.begin() + static_cast<int64_t>(readable),
                  [](char c) { return c >= 0x20 && c < 0x7f; });
  if (head.size() >= 8 && printable && head.substr(0, 2) == "{\"") {
    return CheckResult::Pass("decodes to JSON");
  }
  if (head.starts_with("tok:") && printable) {
    return CheckResult::Pass("decodes to a token's name");
  }
  if (head.rfind("reftkn:", 0) == 0) {
    return CheckResult::Pass("decodes to a reference token");
  }
  return CheckResult::Failed("does not decode to a known form");
}

}  // namespace keysift
