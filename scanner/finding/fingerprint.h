// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace keysift {

// How many bits a guesser who knows how people choose passwords needs for
// `secret`, by a rough estimate that errs on the low side: fingerprint.cc says
// how. Depends on the bytes only, and never changes within one fingerprint
// version.
double EstimateBits(std::string_view secret);

// Names a secret of a rule without giving it away: "ks1-" and 32 hex digits of
// a keyed hash over (rule id, secret). The same wherever the secret stands, so
// it survives rebases and moves and joins repositories; another secret has
// another one. Values under kWeakBits by estimate go through a slow hash
// first, which nobody can tell from the outcome. Immutable; shared by threads.
class Fingerprinter {
 public:
  static constexpr std::string_view kPrefix = "ks1-";
  static constexpr size_t kLength = 36;  // of a whole fingerprint
  static constexpr double kWeakBits = 64;
  static constexpr unsigned kSlowIterations = 10000;

  // `key`: an organisation's own; empty for keysift's, under which everybody
  // gets the same fingerprints.
  explicit Fingerprinter(std::string_view key);

  // Costs about a microsecond, for weak values 1 to 2 milliseconds.
  std::string Of(std::string_view rule_id, std::string_view secret) const;

 private:
  std::string key_;
};

// Whether `text` has the form of a fingerprint.
bool IsFingerprint(std::string_view text);

}  // namespace keysift
