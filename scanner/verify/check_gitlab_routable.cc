// SPDX-License-Identifier: Apache-2.0
// GitLab's routable tokens: prefix, base64url payload, ".01." (the version),
// two base-36 digits with the payload's length, seven with the CRC-32 of all
// before them. The payload holds lines such as "o:1" (organisation) and "u:2"
// (user) before its random bytes. Source: GitLab's architecture page on
// routable tokens. Not proved on a real token, so a wrong CRC counts only where
// the length is wrong too.
#include "base/crc32.h"
#include "content/base64.h"
#include "verify/check_list.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr std::string_view kVersion = ".01.";

int64_t ReadBase36(std::string_view digits) {
  int64_t value = 0;
  for (char c : digits) {
    const char lower = LowerOf(c);
    const int digit = IsDigit(c)       ? c - '0'
                      : IsLower(lower) ? lower - 'a' + 10
                                       : -1;
    if (digit < 0) {
      return -1;
    }
    value = value * 36 + digit;
  }
  return value;
}

// The "x:y" lines before the random bytes, joined by spaces.
std::string RoutingOf(std::string_view payload) {
  const std::string bytes = DecodeBase64(payload).value_or("");
  std::string routing;
  size_t at = 0;
  while (at + 2 < bytes.size() && IsLower(bytes[at]) && bytes[at + 1] == ':') {
    size_t end = at + 2;
    while (end < bytes.size() && IsAlnum(bytes[end])) {
      ++end;
    }
    if (end >= bytes.size() || bytes[end] != '\n' || end - at > 16) {
      break;
    }
    routing += (routing.empty() ? "" : " ") + bytes.substr(at, end - at);
    at = end + 1;
  }
  return routing;
}

}  // namespace

CheckResult CheckGitlabRoutable(const CheckInput& input) {
  const std::string_view token = input.Secret();
  const size_t version = token.rfind(kVersion);
  const size_t prefix = token.find('-');
  if (version == std::string_view::npos || prefix == std::string_view::npos ||
      prefix > version || token.size() - version != kVersion.size() + 9) {
    return CheckResult::Unknown();
  }
  const std::string_view payload =
      token.substr(prefix + 1, version - prefix - 1);
  const std::string_view tail = token.substr(version + kVersion.size());
  const bool length_ok =
      ReadBase36(tail.substr(0, 2)) == static_cast<int64_t>(payload.size());
  const bool crc_ok =
      ReadBase36(tail.substr(2)) == Crc32(token.substr(0, token.size() - 7));
  CheckResult result = crc_ok      ? CheckResult::Pass("checksum ok")
                       : length_ok ? CheckResult::Pass("length field ok")
                                   : CheckResult::Failed("checksum failed");
  const std::string routing = RoutingOf(payload);
  if (!routing.empty()) {
    result.details.emplace_back("gitlab_routing", routing);
  }
  return result;
}

}  // namespace keysift
