// SPDX-License-Identifier: Apache-2.0
// AWS: access key ids, secret access keys, Bedrock keys. Formats: IAM User
// Guide, "IAM identifiers" (prefixes) and "Managing access keys"; Amazon
// Bedrock User Guide, "API keys".
#include <algorithm>

#include "content/base64.h"
#include "verify/aws_key_id.h"
#include "verify/aws_secret.h"
#include "verify/check_list.h"
#include "verify/marks.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr std::string_view kBedrockLong = "ABSK";
constexpr std::string_view kBedrockShort = "bedrock-api-key-";

CheckResult Sample() {
  CheckResult result = CheckResult::Failed("sample from AWS's documentation");
  result.details.emplace_back("sample", "yes");
  result.marks = kMarkSample;
  result.at_most = Confidence::kPossible;
  return result;
}

bool IsBase32(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return IsUpper(c) || (c >= '2' && c <= '7');
  });
}

void AddAccount(const std::string& account, CheckResult* result) {
  result->details.emplace_back("aws_account_id", account);
  if (const char* owner = AwsCanaryOwner(account)) {
    result->details.emplace_back("canary", owner);
    result->marks |= kMarkCanary;
  }
}

// "…-at-123456789012" in the name that a long-term Bedrock key carries.
std::string AccountInName(std::string_view name) {
  const size_t at = name.rfind("-at-");
  if (at == std::string_view::npos) {
    return "";
  }
  const std::string_view digits = name.substr(at + 4, 12);
  return digits.size() == 12 &&
                 std::all_of(digits.begin(), digits.end(), IsDigit)
             ? std::string(digits)
             : "";
}

CheckResult LongTermBedrock(const std::string& body) {
  const size_t colon = body.find(':');
  if (body.rfind("BedrockAPIKey-", 0) != 0 || colon == std::string::npos) {
    return CheckResult::Failed("does not hold a Bedrock key's name");
  }
  CheckResult result = CheckResult::Pass("holds a Bedrock key's name");
  const std::string name = body.substr(0, colon);
  result.details.emplace_back("aws_key_kind", "long-lived");
  result.details.emplace_back("iam_user", name.substr(0, name.rfind("-at-")));
  const std::string account = AccountInName(name);
  if (!account.empty()) {
    AddAccount(account, &result);
  }
  return result;
}

// The value of a query parameter, as far as the next '&' or "%2F".
std::string QueryValue(const std::string& url, std::string_view name) {
  const size_t at = url.find(name);
  if (at == std::string::npos) {
    return "";
  }
  const size_t begin = at + name.size();
  const size_t end = std::min({url.find('&', begin), url.find('%', begin),
                               url.find('/', begin), url.size()});
  return url.substr(begin, end - begin);
}

// A presigned URL: the credential's id and its life are in the query.
CheckResult ShortTermBedrock(const std::string& body) {
  if (body.rfind("bedrock", 0) != 0 ||
      body.find("X-Amz-Credential=") == std::string::npos) {
    return CheckResult::Failed("does not hold a presigned Bedrock URL");
  }
  CheckResult result = CheckResult::Pass("holds a presigned Bedrock URL");
  result.details.emplace_back("aws_key_kind", "temporary");
  const std::string id = QueryValue(body, "X-Amz-Credential=");
  const std::string date = QueryValue(body, "X-Amz-Date=");
  const std::string life = QueryValue(body, "X-Amz-Expires=");
  if (const std::optional<std::string> account = AwsAccountOf(id)) {
    AddAccount(*account, &result);
  }
  if (!date.empty()) {
    result.details.emplace_back("issued", date);
  }
  if (!life.empty()) {
    result.details.emplace_back("valid_seconds", life);
  }
  return result;
}

}  // namespace

CheckResult CheckAwsKeyId(const CheckInput& input) {
  const std::string_view id = input.Secret();
  if (id.size() != 20) {
    return CheckResult::Unknown();
  }
  if (IsAwsSample(id)) {
    CheckResult sample = Sample();
    sample.details.emplace_back("access_key_id", id);
    return sample;
  }
  const char* kind = AwsKindName(AwsKindOf(id));
  if (!IsBase32(id.substr(4))) {
    CheckResult failed = CheckResult::Failed("digits that no key id has");
    failed.details.emplace_back("access_key_id", id);
    return failed;
  }
  CheckResult result = CheckResult::Pass("key id well formed");
  result.details.emplace_back("access_key_id", id);
  result.details.emplace_back("aws_key_kind", kind);
  if (const std::optional<std::string> account = AwsAccountOf(id)) {
    AddAccount(*account, &result);
  }
  return result;
}

CheckResult CheckAwsSecretKey(const CheckInput& input) {
  const std::string_view secret = input.Secret();
  const std::string_view before = input.window->Before(input.secret, 1);
  const std::string_view after = input.window->After(input.secret, 1);
  if (secret.size() == kAwsSecretLength &&
      ((!before.empty() && IsAwsSecretCharacter(before.front())) ||
       (!after.empty() && IsAwsSecretCharacter(after.front())))) {
    return CheckResult::Drop("part of a longer text");
  }
  if (IsAwsSample(secret)) {
    return Sample();
  }
  switch (JudgeAwsSecret(secret)) {
    case AwsSecretLooks::kNo:
      return CheckResult::Drop("a hash, a path or words");
    case AwsSecretLooks::kMaybe:
      return CheckResult::Failed("less random than most keys");
    case AwsSecretLooks::kRandom:
      break;
  }
  return CheckResult::Pass("40 random characters");
}

CheckResult CheckBedrockKey(const CheckInput& input) {
  const std::string_view key = input.Secret();
  const bool long_term = key.substr(0, kBedrockLong.size()) == kBedrockLong;
  const bool short_term = key.substr(0, kBedrockShort.size()) == kBedrockShort;
  if (!long_term && !short_term) {
    return CheckResult::Unknown();
  }
  const std::string_view body =
      key.substr(long_term ? kBedrockLong.size() : kBedrockShort.size());
  // A tail that a greedy match took too much of does not matter: the head
  // decides.
  const std::optional<std::string> decoded =
      DecodeBase64(body.substr(0, body.size() / 4 * 4));
  if (!decoded.has_value()) {
    return CheckResult::Failed("body is not base64");
  }
  return long_term ? LongTermBedrock(*decoded) : ShortTermBedrock(*decoded);
}

}  // namespace keysift
