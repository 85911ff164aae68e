// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace keysift {

// What 40 characters look like to someone who seeks a secret access key.
enum class AwsSecretLooks {
  kNo,      // a hash, a path, words
  kMaybe,   // possible, but unlike most
  kRandom,  // as AWS makes them
};

constexpr size_t kAwsSecretLength = 40;

AwsSecretLooks JudgeAwsSecret(std::string_view secret);

// A character that may stand in a secret access key.
bool IsAwsSecretCharacter(char c);

}  // namespace keysift
