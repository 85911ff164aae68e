// SPDX-License-Identifier: Apache-2.0
//
// Fingerprints stand in ignore files and baselines that people commit, so each
// is a puzzle handed to whoever reads the repository: which secret has it? With
// keysift's public key a guess costs one hash. That is harmless for a random
// token of 64 bits and more, and fatal for a password. Therefore weak values
// are first stretched with PBKDF2 (10,000 rounds, 1 to 2 ms a guess); an
// organisation that wants more sets a key of its own and keeps it out of the
// repository.
//
//   message   = rule id, NUL, secret
//   stretched = PBKDF2-HMAC-SHA-256(secret, "keysift weak", NUL, rule id)
//   digest    = HMAC-SHA-256(key, message), with `stretched` for the secret if
//               EstimateBits(secret) < 64
//   shown     = "ks1-" and the first 16 bytes of the digest in hex
//
// The estimate. Each byte counts log2 of the alphabet that the secret draws on
// (digits 10, a-f only 6, letters 26 per case, other ASCII 33, the rest 100),
// except where it can be guessed from what came before:
//   - it repeats the last byte, or goes on counting from it ("aaa", "4567"),
//     or continues a copy of three earlier bytes ("abcXabcX"): 1 bit;
//   - it belongs to a run of four letters or more that reads like words (20 to
//     65 % vowels, no more than four consonants in a row): 2.3 bits, about what
//     English text has per letter.
// A random token loses next to nothing by this; "correcthorsebattery" falls
// from 89 bits to 44. Only the first 256 bytes are looked at.
//
// Rejected: an unsalted hash as detect-secrets has it (dictionary attack); a
// salt per repository (the same secret would no longer join repositories);
// argon2 (a library and megabytes per hash, for values that a password list
// finds anyway). Tests: tests/finding/fingerprint_test.cc.
#include "finding/fingerprint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/hmac.h"

namespace keysift {
namespace {

constexpr std::string_view kOwnKey =
    "keysift fingerprint key, version 1: public on purpose";
constexpr size_t kEstimatedBytes = 256;
constexpr double kGuessableBits = 1.0;
constexpr double kWordLetterBits = 2.3;
constexpr size_t kShortestWord = 4;

bool IsLetter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

bool IsVowel(char c) {
  return std::string_view("aeiouy").find(static_cast<char>(c | 32)) !=
         std::string_view::npos;
}

// How many values the letters of one case are drawn from.
double LettersOf(bool any_hex, bool any_beyond, bool digits) {
  if (any_beyond) {
    return 26;
  }
  return !any_hex ? 0 : digits ? 6 : 26;
}

double AlphabetSize(std::string_view secret) {
  bool digits = false, other = false, high = false;
  std::array<bool, 2> hex = {}, beyond = {};  // lower, upper case
  for (const char c : secret) {
    const size_t upper = (c & 32) == 0 ? 1 : 0;
    if (IsLetter(c)) {
      ((c | 32) <= 'f' ? hex : beyond)[upper] = true;
    } else if (c >= '0' && c <= '9') {
      digits = true;
    } else {
      (static_cast<uint8_t>(c) < 0x80 ? other : high) = true;
    }
  }
  const double size = (digits ? 10 : 0) + (other ? 33 : 0) + (high ? 100 : 0) +
                      LettersOf(hex[0], beyond[0], digits) +
                      LettersOf(hex[1], beyond[1], digits);
  return std::max(size, 2.0);
}

// Whether the letters of `run` could be words.
bool ReadsLikeWords(std::string_view run) {
  size_t vowels = 0, consonants = 0, most_consonants = 0;
  for (const char c : run) {
    if (IsVowel(c)) {
      ++vowels;
      consonants = 0;
    } else {
      most_consonants = std::max(most_consonants, ++consonants);
    }
  }
  return vowels * 100 >= run.size() * 20 && vowels * 100 <= run.size() * 65 &&
         most_consonants <= 4;
}

std::vector<bool> WordLetters(std::string_view secret) {
  std::vector<bool> in_word(secret.size(), false);
  for (size_t i = 0; i < secret.size();) {
    size_t end = i;
    while (end < secret.size() && IsLetter(secret[end])) {
      ++end;
    }
    if (end - i >= kShortestWord && ReadsLikeWords(secret.substr(i, end - i))) {
      std::fill(in_word.begin() + static_cast<std::ptrdiff_t>(i),
                in_word.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
    i = std::max(end, i + 1);
  }
  return in_word;
}

// Whether the byte at `i` follows from the ones before it.
bool IsGuessable(std::string_view secret, size_t i) {
  if (i == 0) {
    return false;
  }
  if (secret[i] == secret[i - 1]) {
    return true;
  }
  const int step = secret[i] - secret[i - 1];
  if (i >= 2 && (step == 1 || step == -1) &&
      secret[i - 1] - secret[i - 2] == step) {
    return true;
  }
  return i >= 3 && secret.substr(0, i).find(secret.substr(i - 2, 3)) !=
                       std::string_view::npos;
}

}  // namespace

double EstimateBits(std::string_view secret) {
  secret = secret.substr(0, kEstimatedBytes);
  const double full = std::log2(AlphabetSize(secret));
  const std::vector<bool> in_word = WordLetters(secret);
  double bits = 0;
  for (size_t i = 0; i < secret.size(); ++i) {
    if (IsGuessable(secret, i)) {
      bits += kGuessableBits;
    } else {
      bits += in_word[i] ? std::min(full, kWordLetterBits) : full;
    }
  }
  return bits;
}

Fingerprinter::Fingerprinter(std::string_view key)
    : key_(key.empty() ? kOwnKey : key) {}

std::string Fingerprinter::Of(std::string_view rule_id,
                              std::string_view secret) const {
  std::string message(rule_id);
  message += '\0';
  if (EstimateBits(secret) < kWeakBits) {
    std::string salt = "keysift weak";
    salt += '\0';
    salt += rule_id;
    message += ToBytes(Pbkdf2Sha256(secret, salt, kSlowIterations));
  } else {
    message += secret;
  }
  return std::string(kPrefix) +
         ToHex(HmacSha256(key_, message), kLength - kPrefix.size());
}

bool IsFingerprint(std::string_view text) {
  if (text.size() != Fingerprinter::kLength ||
      text.substr(0, Fingerprinter::kPrefix.size()) != Fingerprinter::kPrefix) {
    return false;
  }
  const std::string_view digits = text.substr(Fingerprinter::kPrefix.size());
  return digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace keysift
