// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.h"
#include "rule/rule_set.h"
#include "rule/toml_table.h"

namespace keysift {

// Everything that is wrong with rule files, by themselves and together: what
// rules/README.md names, rules of each other's that are not there (`base` has
// some too), and what the pattern engine refuses.
Problems CheckRuleTexts(const RuleSet& base,
                        const std::vector<NamedText>& texts);

// The same of rules that are loaded already: the built-in ones.
Problems CheckRules(const RuleSet& rules);

}  // namespace keysift
