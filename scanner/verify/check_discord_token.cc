// SPDX-License-Identifier: Apache-2.0
// Discord's bot tokens: base64 of the decimal user id "." base64 of a time "."
// an HMAC. The id is a snowflake: its upper bits count milliseconds since the
// start of 2015. Source: Discord's developer reference ("Snowflakes") and
// common knowledge about the segments.
#include <algorithm>
#include <charconv>

#include "content/base64.h"
#include "verify/check_list.h"
#include "verify/text.h"
#include "verify/timestamp.h"

namespace keysift {

CheckResult CheckDiscordToken(const CheckInput& input) {
  constexpr uint64_t kEpochMilliseconds = 1'420'070'400'000;
  const std::string_view token = input.Secret();
  const size_t dot = token.find('.');
  if (dot == std::string_view::npos) {
    return CheckResult::Unknown();
  }
  const std::string id = DecodeBase64(token.substr(0, dot)).value_or("");
  if (id.size() < 17 || id.size() > 20 ||
      !std::all_of(id.begin(), id.end(), IsDigit)) {
    return CheckResult::Failed("first part is no user id");
  }
  CheckResult result = CheckResult::Pass("first part is a user id");
  result.details.emplace_back("discord_user_id", id);
  uint64_t snowflake = 0;
  std::from_chars(id.data(), id.data() + id.size(), snowflake);
  const uint64_t made = (snowflake >> 22) + kEpochMilliseconds;
  result.details.emplace_back(
      "account_created", FormatTimestamp(static_cast<int64_t>(made / 1000)));
  return result;
}

}  // namespace keysift
