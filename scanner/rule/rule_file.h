// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rule/rule.h"
#include "rule/toml_table.h"

namespace keysift {

// Whose habits a file follows. In kGitleaks unknown keys are warnings, and hit
// forms are cut to the limits where kKeysift refuses.
enum class RuleDialect { kKeysift, kGitleaks };

// A file with "gitleaks" or "betterleaks" in its name follows their habits, any
// other ours.
RuleDialect DialectOf(std::string_view path);

// A rule as one file has it. It may lack most fields if it adds to a rule of
// the configuration that the file extends: `written` names those it has.
struct WrittenRule {
  Rule rule;
  std::vector<std::string> written;
  std::string where;  // file:line:col
  // Where the fields stand that are looked at again once a rule was read.
  std::map<std::string, std::string, std::less<>> places;

  bool Wrote(std::string_view key) const;
  // Where the value of `key` stands; where the rule does if it has none.
  const std::string& Where(std::string_view key) const;
};

// The name of another rule in a field ("required", "targetRules",
// "disabledRules"): only the merged rules show whether it is there.
struct RuleReference {
  std::string field;
  std::string id;
  std::string where;  // file:line:col
};

// `[extend]`.
struct ExtendClause {
  bool use_default = false;
  std::string path;
  std::vector<std::string> disabled_rules;
  std::string where;
};

// One file, read but not yet merged with others. Rules are complete by
// themselves (regexes parsed, hit forms derived) where they have a regex.
struct RuleFile {
  std::string name;
  RuleDialect dialect = RuleDialect::kKeysift;
  std::vector<WrittenRule> rules;
  std::vector<Allowlist> allowlists;
  ExtendClause extend;
  std::vector<RuleReference> references;
  Problems problems;
};

// Reads a rule file or configuration; rules/README.md is the format. `name` is
// for messages. All mistakes are in `problems`; rules with one are left out.
RuleFile ParseRuleFile(std::string_view text, const std::string& name,
                       RuleDialect dialect);

}  // namespace keysift
