// SPDX-License-Identifier: Apache-2.0
// JSON Web Tokens (RFC 7519): header "." claims "." signature, each base64url.
// The header must be a JSON object with "alg" (RFC 7515 4.1.1), the claims a
// JSON object (RFC 7519 7.2). Whether the token has expired is told, not
// judged: a report must not depend on the day.
#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>

#include "base/hmac.h"
#include "content/base64.h"
#include "verify/check_list.h"
#include "verify/json_object.h"
#include "verify/marks.h"
#include "verify/text.h"
#include "verify/timestamp.h"

namespace keysift {
namespace {

constexpr size_t kMaxClaim = 120;

void AddClaim(const JsonObject& claims, const char* claim, const char* detail,
              CheckResult* result) {
  const std::string value = claims.Text(claim);
  if (!value.empty() && value.size() <= kMaxClaim) {
    result->details.emplace_back(detail, value);
  }
}

void AddTime(const JsonObject& claims, const char* claim, const char* detail,
             CheckResult* result) {
  const JsonObject::Field* field = claims.Find(claim);
  if (field == nullptr) {
    return;
  }
  int64_t seconds = -1;
  std::from_chars(field->value.data(),
                  field->value.data() + field->value.size(), seconds);
  const std::string time = FormatTimestamp(seconds);
  if (!time.empty()) {
    result->details.emplace_back(detail, time);
  }
}

// The token that everyone's tutorial prints.
bool IsTutorial(const JsonObject& claims) {
  return claims.Text("sub") == "1234567890" ||
         claims.Text("name") == "John Doe";
}

// Secrets that jwt.io and its kin sign with until one's own is filled in.
constexpr std::string_view kSampleSecrets[] = {
    "a-string-secret-at-least-256-bits-long",
    "your-256-bit-secret",
    "your-384-bit-secret",
    "your-512-bit-secret",
    "secret",
};

std::string Sign(std::string_view algorithm, std::string_view secret,
                 std::string_view message) {
  if (algorithm == "HS256") {
    return ToBytes(HmacSha256(secret, message));
  }
  if (algorithm == "HS384") {
    return HmacSha384(secret, message);
  }
  return algorithm == "HS512" ? HmacSha512(secret, message) : "";
}

// Whether anyone could have signed it (RFC 7518, 3.2).
bool IsSignedBySample(std::string_view algorithm, std::string_view message,
                      std::string_view signature) {
  const std::string wanted = DecodeBase64(signature).value_or("");
  return !wanted.empty() &&
         std::any_of(std::begin(kSampleSecrets), std::end(kSampleSecrets),
                     [&](std::string_view secret) {
                       return Sign(algorithm, secret, message) == wanted;
                     });
}

}  // namespace

CheckResult CheckJwt(const CheckInput& input) {
  const std::string_view token = input.Secret();
  const size_t first = token.find('.');
  const size_t second = token.find('.', first + 1);
  if (first == std::string_view::npos) {
    return CheckResult::Unknown();
  }
  const std::string header_text =
      DecodeBase64(token.substr(0, first)).value_or("");
  const JsonObject header = ReadJsonObject(header_text);
  if (!header.complete) {
    return CheckResult::Unlike("header is no JSON object");
  }
  if (header.Find("alg") == nullptr) {
    return CheckResult::Failed("header names no algorithm");
  }
  CheckResult result = CheckResult::Pass("header decodes");
  AddClaim(header, "alg", "algorithm", &result);
  const std::string claims_text =
      DecodeBase64(token.substr(first + 1, second - first - 1)).value_or("");
  const JsonObject claims = ReadJsonObject(claims_text);
  // Encrypted (RFC 7516) and compressed claims, and those of RFC 7797, cannot
  // be read.
  const bool plain = header.Find("enc") == nullptr &&
                     header.Find("b64") == nullptr &&
                     header.Find("zip") == nullptr;
  if (plain && !claims.complete) {
    return CheckResult::Unlike("claims are no JSON object");
  }
  if (!claims.valid) {
    return result;
  }
  AddClaim(claims, "iss", "issuer", &result);
  AddTime(claims, "iat", "issued", &result);
  AddTime(claims, "exp", "expires", &result);
  const bool signed_by_sample =
      second != std::string_view::npos &&
      IsSignedBySample(header.Text("alg"), token.substr(0, second),
                       token.substr(second + 1));
  if (signed_by_sample) {
    result.details.emplace_back("signed_with", "a published sample secret");
  }
  if (IsTutorial(claims) || signed_by_sample) {
    result.marks |= kMarkSample;
    result.at_most = Confidence::kPossible;
    result.details.emplace_back("sample", "yes");
  }
  return result;
}

}  // namespace keysift
