// SPDX-License-Identifier: Apache-2.0
// Problem: a regex cannot tell "a40characterwordthatapersonwrote" from random
// bytes. Idea (Shannon 1948): the entropy of the byte frequencies is high when
// no byte is preferred. Limit: of n bytes it is at most log2(n), so a fixed
// threshold means something else for 20 and for 200 bytes; ExpectedEntropy
// gives the value to compare with. Rejected: n-gram models trained on code;
// they cost a table and judge prose better than keys. Cost: one pass and 256
// counters. Test: tests/verify/entropy_test.cc.
#include "verify/entropy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "verify/text.h"

namespace keysift {
namespace {

bool IsBase32(char c) { return IsUpper(c) || (c >= '2' && c <= '7'); }
bool IsBase64(char c) {
  return IsAlnum(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
}

double AlphabetSize(CharacterClass characters) {
  switch (characters) {
    case CharacterClass::kDigits:
      return 10;
    case CharacterClass::kHex:
      return 16;
    case CharacterClass::kBase32:
      return 32;
    case CharacterClass::kBase62:
      return 62;
    case CharacterClass::kBase64:
      return 64;
    case CharacterClass::kAny:
      break;
  }
  return 94;
}

}  // namespace

double ShannonEntropy(std::string_view bytes) {
  std::array<uint32_t, 256> counts{};
  for (char c : bytes) {
    ++counts[static_cast<unsigned char>(c)];
  }
  const double total = static_cast<double>(bytes.size());
  double bits = 0;
  for (uint32_t count : counts) {
    if (count > 0) {
      const double share = count / total;
      bits -= share * std::log2(share);
    }
  }
  return bits;
}

CharacterClass ClassifyCharacters(std::string_view bytes) {
  if (bytes.empty()) {
    return CharacterClass::kAny;
  }
  const auto all = [bytes](bool (*in_class)(char)) {
    return std::all_of(bytes.begin(), bytes.end(), in_class);
  };
  if (all(IsDigit)) {
    return CharacterClass::kDigits;
  }
  if (all(IsHex)) {
    return CharacterClass::kHex;
  }
  if (all(IsBase32)) {
    return CharacterClass::kBase32;
  }
  if (all(IsAlnum)) {
    return CharacterClass::kBase62;
  }
  return all(IsBase64) ? CharacterClass::kBase64 : CharacterClass::kAny;
}

double ExpectedEntropy(CharacterClass characters, size_t length) {
  if (length < 2) {
    return 0;
  }
  // Miller and Madow's bias: n samples of k symbols fall short of log2(k) by
  // about (k-1)/(2n ln 2), a good estimate for n > k; below that log2(n) less
  // the collisions is. The lower of both, and a margin for the spread.
  const double k = AlphabetSize(characters);
  const double n = static_cast<double>(length);
  const double by_alphabet = std::log2(k) - (k - 1) / (2 * n * std::log(2.0));
  const double by_length = std::log2(n) - (n - 1) / k * 0.6;
  const double mean = n > k ? by_alphabet : by_length;
  return std::max(0.0, mean - 0.35);
}

std::string FormatEntropy(double bits) {
  std::array<char, 32> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%.2f", bits);
  return std::string(buffer.data(), static_cast<size_t>(length));
}

}  // namespace keysift
