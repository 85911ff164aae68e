// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "match/pattern_database.h"
#include "rule/rule_list.h"

namespace keysift {

// The rules that are built in, without their examples: rules/*.toml as the
// build compiled them. Each is decoded when it is first looked at, from any
// thread; they live as long as the program.
const RuleSet& BuiltinRules();

// The same with examples, for `rules test` and `rules show`.
RuleSet BuiltinRulesWithExamples();

// Their pattern database. Fails only if Hyperscan cannot run here at all (a CPU
// below SSE 4.2).
Result<PatternDatabase> LoadBuiltinPatterns();

}  // namespace keysift
