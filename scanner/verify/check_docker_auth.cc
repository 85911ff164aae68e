// SPDX-License-Identifier: Apache-2.0
// "user:password" in base64: a registry's "auth" in .docker/config.json, and
// HTTP's Basic scheme (RFC 7617).
#include <algorithm>

#include "content/base64.h"
#include "content/decoder.h"
#include "verify/check_list.h"
#include "verify/stand_in.h"
#include "verify/text.h"

namespace keysift {
namespace {

bool IsPrintable(char c) { return c >= 0x20 && c < 0x7f; }

constexpr std::string_view kPlaceholders[] = {
    "password", "pass", "passwd", "secret", "pwd", "token", "test", "example",
};

}  // namespace

CheckResult CheckDockerAuth(const CheckInput& input) {
  const std::optional<std::string> decoded = DecodeBase64(input.Secret());
  if (!decoded.has_value()) {
    return CheckResult::Drop("not base64");
  }
  const size_t colon = decoded->find(':');
  if (colon == std::string::npos || colon + 1 == decoded->size() ||
      !std::all_of(decoded->begin(), decoded->end(), IsPrintable)) {
    return CheckResult::Drop("does not decode to user:password");
  }
  CheckResult result = CheckResult::Pass("decodes to user:password");
  result.written = &kBase64Decoder;
  result.details.emplace_back("user", decoded->substr(0, colon));
  const std::string password = ToLower(decoded->substr(colon + 1));
  const bool placeholder =
      std::find(std::begin(kPlaceholders), std::end(kPlaceholders), password) !=
      std::end(kPlaceholders);
  if (placeholder || IsStandIn(password)) {
    result.at_most = Confidence::kPossible;
    result.reason += ", a placeholder";
  }
  return result;
}

}  // namespace keysift
