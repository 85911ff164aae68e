// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keysift {

// What an access key id tells by itself.
enum class AwsKeyKind {
  kLongLived,  // AKIA: of an IAM user or the root account
  kTemporary,  // ASIA: of STS, needs a session token
  kBearer,     // ABIA: an STS service bearer token
  kContext,    // ACCA: a context-specific credential
  kOther,      // names of things: AIDA, AROA, …
};

AwsKeyKind AwsKindOf(std::string_view key_id);
// "long-lived", "temporary", …
const char* AwsKindName(AwsKeyKind kind);

// The 12-digit account that a key id belongs to; nullopt for ids of the old
// generation, which do not carry it, and for what is not a key id.
std::optional<std::string> AwsAccountOf(std::string_view key_id);

// Whether the text is a key id or secret access key that AWS's own
// documentation prints.
bool IsAwsSample(std::string_view value);

// Who runs canary tokens in this account, or nullptr: to use such a key is to
// ring a bell.
const char* AwsCanaryOwner(std::string_view account);

}  // namespace keysift
