// SPDX-License-Identifier: Apache-2.0
// Seeds of one-time passwords: base32 (RFC 4648) of a shared key, alone or in
// an otpauth:// URI (Google Authenticator's "Key Uri Format"). RFC 4226 asks
// for 16 bytes at least; sites use 10 to 64; AWS's virtual MFA devices use 40
// bytes, 64 characters.
#include <algorithm>

#include "content/base32.h"
#include "content/hex.h"
#include "verify/check_list.h"
#include "verify/entropy.h"
#include "verify/marks.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr size_t kLeastBytes = 10;
constexpr size_t kAwsSeedLength = 64;
constexpr size_t kMaxDetail = 120;

CheckResult JudgeSeed(std::string_view text) {
  std::string seed(text);
  seed.erase(std::remove_if(seed.begin(), seed.end(),
                            [](char c) { return c == ' ' || c == '-'; }),
             seed.end());
  const std::optional<std::string> bytes = DecodeBase32(seed);
  if (!bytes.has_value() || bytes->size() < kLeastBytes) {
    return CheckResult::Failed("does not decode to a seed");
  }
  // "JBSWY3DPEHPK3PXP" spells "Hello!…": the sample in the format's own page.
  if (bytes->rfind("Hello", 0) == 0) {
    CheckResult sample = CheckResult::Failed("sample from the format's page");
    sample.marks = kMarkSample;
    sample.at_most = Confidence::kPossible;
    sample.details.emplace_back("sample", "yes");
    return sample;
  }
  if (ShannonEntropy(seed) <
      ExpectedEntropy(CharacterClass::kBase32, seed.size()) - 0.6) {
    return CheckResult::Failed("less random than a seed");
  }
  CheckResult result = CheckResult::Pass(
      "decodes to " + std::to_string(bytes->size()) + " bytes");
  result.details.emplace_back("seed_bytes", std::to_string(bytes->size()));
  return result;
}

std::string DecodePercent(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::optional<std::string> code =
        text[i] == '%' ? DecodeHex(text.substr(i + 1, 2)) : std::nullopt;
    if (code.has_value() && code->size() == 1) {
      decoded += *code;
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

std::string_view Until(std::string_view text, std::string_view stops) {
  return text.substr(0, text.find_first_of(stops));
}

// The label names the account as "user@123456789012" for AWS.
std::string AwsAccountIn(const std::string& label) {
  const size_t at = label.rfind('@');
  const std::string digits =
      at == std::string::npos ? "" : label.substr(at + 1, 12);
  return digits.size() == 12 &&
                 std::all_of(digits.begin(), digits.end(), IsDigit)
             ? digits
             : "";
}

}  // namespace

CheckResult CheckBase32Seed(const CheckInput& input) {
  CheckResult result = JudgeSeed(input.Secret());
  if (input.secret.size() == kAwsSeedLength) {
    result.details.emplace_back("seed_form", "as AWS's virtual MFA devices");
  }
  return result;
}

CheckResult CheckOtpauthUri(const CheckInput& input) {
  CheckResult result = JudgeSeed(input.Secret());
  const std::string_view uri = input.Match();
  const size_t label_at = uri.find("otp/");
  if (label_at == std::string_view::npos) {
    return result;
  }
  const std::string label =
      DecodePercent(Until(uri.substr(label_at + 4), "?\"' \n"));
  const size_t issuer_at = uri.find("issuer=");
  std::string issuer =
      issuer_at == std::string_view::npos
          ? label.substr(
                0, label.find(':') == std::string::npos ? 0 : label.find(':'))
          : DecodePercent(Until(uri.substr(issuer_at + 7), "&\"' \n"));
  if (!label.empty() && label.size() <= kMaxDetail) {
    result.details.emplace_back("account", label);
  }
  if (!issuer.empty() && issuer.size() <= kMaxDetail) {
    result.details.emplace_back("issuer", issuer);
  }
  const std::string account = AwsAccountIn(label);
  if (!account.empty() &&
      (ContainsWord(issuer, "amazon") || ContainsWord(label, "amazon"))) {
    result.details.emplace_back("aws_account_id", account);
  }
  return result;
}

}  // namespace keysift
