// SPDX-License-Identifier: Apache-2.0
#include "rule/rarity.h"

#include <array>
#include <cmath>
#include <string_view>

namespace keysift {
namespace {

// Shares of source text, by kind of byte.
constexpr double kLower = 0.56;
constexpr double kUpper = 0.06;
constexpr double kDigits = 0.06;
constexpr double kSpace = 0.17;
constexpr double kPunctuation = 0.13;
constexpr double kOther = 0.02;

// Letters from the most to the least common in English, in fours (the last
// two: one pair) that hold about these shares of all letters.
constexpr std::string_view kLetters = "etaoinshrdlcumwfgypbvkxjqz";
constexpr std::array<double, 7> kFours = {0.37, 0.26,  0.16, 0.10,
                                          0.07, 0.035, 0.005};
// Punctuation that code is full of; the rest shares kRarePunctuation.
constexpr std::string_view kCommonPunctuation = ".,()_-*/;=\"'";
constexpr double kRarePunctuation = 0.3;

std::array<double, 256> MakeShares() {
  std::array<double, 256> shares{};
  shares.fill(kOther / 160);
  for (size_t byte = '!'; byte <= '~'; ++byte) {
    shares[byte] = kPunctuation * kRarePunctuation / 20;
  }
  for (char common : kCommonPunctuation) {
    shares[static_cast<size_t>(common)] =
        kPunctuation * (1 - kRarePunctuation) / kCommonPunctuation.size();
  }
  for (size_t digit = '0'; digit <= '9'; ++digit) {
    shares[digit] = kDigits / 10;
  }
  for (size_t i = 0; i < kLetters.size(); ++i) {
    size_t letter = static_cast<size_t>(kLetters[i]);
    double share = kFours[i / 4] / (i < 24 ? 4 : 2);
    shares[letter] = kLower * share;
    shares[letter - ('a' - 'A')] = kUpper * share;
  }
  shares[' '] = kSpace * 0.8;
  shares['\n'] = kSpace * 0.15;
  shares['\t'] = kSpace * 0.05;
  return shares;
}

}  // namespace

double Rarity(const ByteSet& set) {
  static const std::array<double, 256> kShares = MakeShares();
  double in = 0;
  double all = 0;
  for (size_t byte = 0; byte < kShares.size(); ++byte) {
    in += set[byte] ? kShares[byte] : 0;
    all += kShares[byte];
  }
  return set.none() ? 0 : -std::log2(in / all);
}

}  // namespace keysift
