// SPDX-License-Identifier: Apache-2.0
// Problem: say without a network which account an access key opens. Idea: the
// 16 characters after the prefix are base32 of 10 bytes; the first bit tells
// the generation (1 since 2019), the next 40 are the account number. Sources:
// A. Steele, "AWS Access Key ID Formats" (2020); T. Be'ery, "A short note on
// AWS KEY ID" (2023, with two ids and their accounts); P. Sivakumaran, "A
// bitwise analysis of AWS access key identifiers" (WithSecure, 2024, for the
// generation bit). AWS does not document it. Test: aws_key_id_test.cc.
#include "verify/aws_key_id.h"

#include <algorithm>
#include <cstdint>

#include "content/base32.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr size_t kIdLength = 20;
constexpr size_t kPrefixLength = 4;
constexpr uint64_t kMaxAccount = 999'999'999'999;

struct Canary {
  std::string_view account;
  const char* owner;
};

// Account numbers that published lists name as holding canary tokens: those of
// canarytokens.org, and of others who copied the idea.
constexpr const char* kThinkst = "canarytokens.org";
constexpr const char* kOthers = "a canary-token service";
constexpr Canary kCanaries[] = {
    {"052310077262", kThinkst}, {"171436882533", kThinkst},
    {"534261010715", kThinkst}, {"595918472158", kThinkst},
    {"717712589309", kThinkst}, {"819147034852", kThinkst},
    {"992382622183", kThinkst}, {"730335385048", kThinkst},
    {"266735846894", kThinkst}, {"893192397702", kThinkst},
    {"044858866125", kOthers},  {"251535659677", kOthers},
    {"344043088457", kOthers},  {"351906852752", kOthers},
    {"390477818340", kOthers},  {"426127672474", kOthers},
    {"427150556519", kOthers},  {"439872796651", kOthers},
    {"445142720921", kOthers},  {"465867158099", kOthers},
    {"637958123769", kOthers},  {"693412236332", kOthers},
    {"732624840810", kOthers},  {"735421457923", kOthers},
    {"959235150393", kOthers},  {"982842642351", kOthers},
};

}  // namespace

AwsKeyKind AwsKindOf(std::string_view key_id) {
  const std::string_view prefix = key_id.substr(0, kPrefixLength);
  if (prefix == "AKIA") {
    return AwsKeyKind::kLongLived;
  }
  if (prefix == "ASIA") {
    return AwsKeyKind::kTemporary;
  }
  if (prefix == "ABIA") {
    return AwsKeyKind::kBearer;
  }
  return prefix == "ACCA" ? AwsKeyKind::kContext : AwsKeyKind::kOther;
}

const char* AwsKindName(AwsKeyKind kind) {
  switch (kind) {
    case AwsKeyKind::kLongLived:
      return "long-lived";
    case AwsKeyKind::kTemporary:
      return "temporary";
    case AwsKeyKind::kBearer:
      return "service bearer token";
    case AwsKeyKind::kContext:
      return "context-specific";
    case AwsKeyKind::kOther:
      break;
  }
  return "identifier";
}

std::optional<std::string> AwsAccountOf(std::string_view key_id) {
  if (key_id.size() != kIdLength) {
    return std::nullopt;
  }
  const std::optional<std::string> bytes =
      DecodeBase32(key_id.substr(kPrefixLength));
  if (!bytes.has_value() || bytes->size() < 6) {
    return std::nullopt;
  }
  uint64_t head = 0;
  for (size_t i = 0; i < 6; ++i) {
    head = head << 8 | static_cast<unsigned char>((*bytes)[i]);
  }
  const bool new_generation = (head >> 47) == 1;
  const uint64_t account = (head & 0x7fffffffff80) >> 7;
  if (!new_generation || account > kMaxAccount) {
    return std::nullopt;
  }
  const std::string digits = std::to_string(account);
  return std::string(12 - digits.size(), '0') + digits;
}

bool IsAwsSample(std::string_view value) {
  return ContainsWord(value, "example");
}

const char* AwsCanaryOwner(std::string_view account) {
  for (const Canary& canary : kCanaries) {
    if (canary.account == account) {
      return canary.owner;
    }
  }
  return nullptr;
}

}  // namespace keysift
