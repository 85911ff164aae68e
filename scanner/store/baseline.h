// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "finding/finding.h"

namespace keysift {

// What another tool's list accepts: a place, or a secret in a file. Empty
// fields are not compared.
struct AcceptedPlace {
  std::string path;    // '/' between parts; a member after '!'
  std::string rule;    // that tool's id
  std::string commit;  // hex
  uint64_t line = 0;
  std::string secret_sha1;  // hex
};

// Findings that were accepted at an earlier time: an earlier JSON report of
// keysift (compared by fingerprint), a gitleaks JSON report, a .gitleaksignore
// or a .secrets.baseline (compared by what they have). Immutable once read;
// shared by threads. A secret in plain text in what it reads is kept as SHA-1
// only.
class Baseline {
 public:
  // Tells the kind by the content. Fails, with `where` and the line or byte, on
  // text that is none of them.
  static Result<Baseline> Read(std::string_view text, const std::string& where);

  // Whether `finding` is accepted: its fingerprint is in the report, or one of
  // its places matches an accepted place. Where an accepted place tells the
  // secret's hash, path and hash must match. Else path, line, commit and rule
  // must; rule ids of two tools are equal if their first words are ("aws-…").
  // Such a place says nothing of the secret: `by_place_only` (may be null) gets
  // its number + 1, and the caller must see to it that it stands for one secret
  // only; 0 if a hash or a fingerprint decided.
  bool Accepts(const Finding& finding, size_t* by_place_only) const;

  const std::string& where() const { return where_; }
  size_t size() const { return fingerprints_.size() + places_.size(); }

 private:
  Result<void> ReadJson(std::string_view text);
  Result<void> ReadGitleaksIgnore(std::string_view text);
  void AddPlace(AcceptedPlace place);
  bool Matches(const AcceptedPlace& place, const Finding& finding,
               const Location& location) const;

  std::string where_;
  std::unordered_set<std::string> fingerprints_;
  std::vector<AcceptedPlace> places_;
  std::unordered_map<std::string, std::vector<size_t>> by_path_;
};

}  // namespace keysift
