// SPDX-License-Identifier: Apache-2.0
// Problem: a secret access key is 40 characters of base64 and nothing more; so
// are a SHA-1 in hex, a path, and many identifiers. Idea: compare with 30
// random bytes in base64. Of those, the classes (upper, lower, digit, sign)
// change between neighbours 25 times in 39, give or take 3; there is always an
// upper and a lower-case letter, and a digit in 999 of 1,000; the entropy is
// 4.8, give or take 0.12. What is four deviations away is something else. Cost:
// one pass. Test: tests/verify/aws_secret_test.cc.
#include "verify/aws_secret.h"

#include <algorithm>

#include "verify/entropy.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr int kLeastChanges = 13;
// Reached by 65 of a million random secrets.
constexpr size_t kMostInWords = 24;
constexpr double kLeastEntropy = 3.9;
constexpr double kUsualEntropy = 4.3;

int ClassOf(char c) {
  if (IsUpper(c)) {
    return 0;
  }
  if (IsLower(c)) {
    return 1;
  }
  return IsDigit(c) ? 2 : 3;
}

// Characters in stretches of three and more lower-case letters: words and
// paths are made of them, of random ones 6 in 40 on average.
size_t WordCharacters(std::string_view bytes) {
  size_t total = 0;
  size_t length = 0;
  for (size_t i = 0; i <= bytes.size(); ++i) {
    if (i < bytes.size() && IsLower(bytes[i])) {
      ++length;
      continue;
    }
    total += length >= 3 ? length : 0;
    length = 0;
  }
  return total;
}

}  // namespace

bool IsAwsSecretCharacter(char c) { return IsAlnum(c) || c == '+' || c == '/'; }

AwsSecretLooks JudgeAwsSecret(std::string_view secret) {
  if (secret.size() != kAwsSecretLength ||
      !std::all_of(secret.begin(), secret.end(), IsAwsSecretCharacter) ||
      std::all_of(secret.begin(), secret.end(), IsHex)) {
    return AwsSecretLooks::kNo;
  }
  int counts[4] = {};
  int changes = 0;
  for (size_t i = 0; i < secret.size(); ++i) {
    ++counts[ClassOf(secret[i])];
    changes += i > 0 && ClassOf(secret[i]) != ClassOf(secret[i - 1]) ? 1 : 0;
  }
  const double entropy = ShannonEntropy(secret);
  if (counts[0] == 0 || counts[1] == 0 || changes < kLeastChanges ||
      entropy < kLeastEntropy || WordCharacters(secret) >= kMostInWords) {
    return AwsSecretLooks::kNo;
  }
  return counts[2] == 0 || entropy < kUsualEntropy ? AwsSecretLooks::kMaybe
                                                   : AwsSecretLooks::kRandom;
}

}  // namespace keysift
