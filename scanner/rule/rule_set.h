// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rule/rule_file.h"
#include "rule/rule_list.h"

namespace keysift {

// Rules that are ready to run, and what a user should know about them.
struct LoadedRules {
  RuleSet rules;
  std::vector<Error> warnings;
};

// Hands out the text behind a path, for `[extend] path`.
using ReadText = std::function<Result<std::string>(const std::string& path)>;

// A file's name and text.
struct NamedText {
  std::string name;
  std::string text;
};

// `base` with the rules and allowlists of `files` added, in order. A rule whose
// id `base` has already replaces what it writes there: its fields override,
// its keywords, tags and allowlists add. Fails with kUsage on the first mistake
// ("… (and 3 more)"), or if no rules are left. Files are merged as one: they
// may name each other's rules. `all`, if there, gets every mistake.
Result<LoadedRules> MergeRuleFiles(const RuleSet& base,
                                   std::vector<RuleFile> files,
                                   std::vector<Error>* all = nullptr);

// Rule files that add to `base`: `--rules`, and our own rules/*.toml.
Result<LoadedRules> AddRules(const RuleSet& base,
                             const std::vector<NamedText>& files,
                             RuleDialect dialect);

// A configuration (.keysift.toml, .gitleaks.toml): its rules alone, or on top
// of what it extends: `defaults`, or a file, two levels deep at most. Fails as
// MergeRuleFiles, and on what cannot be extended.
Result<LoadedRules> LoadConfiguration(const NamedText& file,
                                      RuleDialect dialect,
                                      const RuleSet& defaults,
                                      const ReadText& read,
                                      std::vector<Error>* all = nullptr);

}  // namespace keysift
