// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "match/pattern_database.h"
#include "rule/rule.h"

namespace keysift {

// The decoders' triggers: bounded expressions whose hits say "here something
// encoded may begin". Trigger i is reported as pattern rules.size() + i.
const std::vector<std::string>& TriggerExpressions();

// All that a database for `rules` looks for: each rule's hit forms under its
// number, then the triggers.
std::vector<PatternSource> PatternSources(const RuleSet& rules);

}  // namespace keysift
