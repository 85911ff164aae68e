// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "rule/rule_file.h"
#include "rule/rule_set.h"

namespace keysift {

// One rule file or configuration. Fails with kNotFound, kIo or kTooLarge.
Result<NamedText> ReadRuleText(const std::string& path);

// The files that paths stand for: a file itself, a directory its *.toml (not
// those of its folders), sorted. Fails as ReadRuleText, and with kUsage on a
// directory without any.
Result<std::vector<NamedText>> ReadRuleTexts(
    const std::vector<std::string>& paths);

// `texts` added to `base`, each in its own dialect. Fails as MergeRuleFiles;
// warns of [extend], which only a configuration may have.
Result<LoadedRules> AddRuleTexts(const RuleSet& base,
                                 const std::vector<NamedText>& texts,
                                 std::vector<Error>* all = nullptr);

// The configuration at `path`, on top of `defaults` where it extends them.
// Fails as LoadConfiguration.
Result<LoadedRules> LoadConfigurationFile(const std::string& path,
                                          const RuleSet& defaults);

// The same, of a text that was read.
Result<LoadedRules> LoadConfigurationText(const NamedText& text,
                                          const RuleSet& defaults,
                                          std::vector<Error>* all = nullptr);

// The configuration in a folder, by name: .keysift.toml before .gitleaks.toml;
// "" if there is none.
std::string ConfigurationIn(const std::string& folder);

}  // namespace keysift
