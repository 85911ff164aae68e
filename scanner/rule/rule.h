// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace keysift {

enum class Severity : uint8_t { kLow, kMedium, kHigh, kCritical };
enum class Confidence : uint8_t { kPossible, kLikely, kCertain };

const char* SeverityName(Severity severity);        // "critical", …
const char* ConfidenceName(Confidence confidence);  // "certain", …
bool ParseSeverity(const std::string& name, Severity* severity);
bool ParseConfidence(const std::string& name, Confidence* confidence);

// What drops a candidate again (gitleaks' [[rules.allowlists]]). All lists are
// regexes but `commits` (ids) and `stopwords` (lower-case substrings).
struct Allowlist {
  enum class Target : uint8_t { kSecret, kMatch, kLine };
  std::string description;
  bool require_all = false;  // condition = "AND"
  Target target = Target::kSecret;
  std::vector<std::string> commits;
  std::vector<std::string> paths;
  std::vector<std::string> regexes;
  std::vector<std::string> stopwords;
  std::vector<std::string> target_rules;  // for global allowlists
};

// A part that must stand near a match of the rule (gitleaks'
// [[rules.required]]): rule `id`, at most `within_lines` lines away (-1: the
// whole file).
struct RequiredPart {
  std::string id;
  int within_lines = -1;
  int within_columns = -1;
};

// What names whose secret the rule finds (an account, a key's id): a match of
// rule `id`, at most `within_lines` lines away. Where one stands, it is told of
// with the secret and is no finding of its own.
struct Partner {
  std::string id;
  int within_lines = 0;
  bool proves = false;  // both formats together leave no doubt
};

// One way to recognise one kind of credential, as data. rules/README.md is the
// reference for each field. Immutable once it is part of a RuleSet
// (rule_list.h).
//
// Two forms (shared design): `hits` are Hyperscan's, short and cheap, `regex`
// is RE2's, with captures. Each match of `regex` holds an end of a hit within
// `reach_before` bytes of its start, and ends at most `reach_after` bytes after
// that hit.
struct Rule {
  static constexpr uint32_t kManyNewlines = UINT32_MAX;

  std::string id;
  std::string description;
  std::string regex;
  std::vector<std::string>
      hits;                   // derived from `regex` where the file has none
  uint32_t reach_before = 0;  // A: bytes, at most 256
  uint32_t reach_after = 0;   // V: bytes, at most 4,096
  uint32_t newlines = kManyNewlines;  // that a match of `regex` may hold
  int secret_group = 0;  // 0: first group if there is one, else all
  double entropy = 0;    // bits per byte that the secret must reach
  Severity severity = Severity::kHigh;
  Confidence confidence = Confidence::kLikely;
  std::vector<std::string> keywords;  // lower case; one must be in the window
  std::string path;                   // regex that the path must match
  std::vector<std::string> tags;
  std::vector<std::string> checks;  // names of verify/checks.cc
  std::vector<Allowlist> allowlists;
  std::vector<RequiredPart> required;
  std::vector<Partner> partners;  // the first that stands near counts
  bool report = true;             // false: only a part of other rules
  std::vector<std::string> examples;
  std::vector<std::string> negative_examples;
  std::vector<std::string> references;
  std::string remediation;
  std::string revoke_url;
  std::string origin;  // file:line where the rule is written
};

}  // namespace keysift
