// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "match/pattern_database.h"
#include "rule/rule_list.h"

namespace keysift {

// How rules did on their own examples.
struct RuleTrial {
  uint64_t rules = 0;  // that have any
  uint64_t examples = 0;
  uint64_t near_misses = 0;
  // One line each: where, which rule, which example, and why.
  std::vector<std::string> failures;
};

// Runs every example and near miss of `rules` through the engine as a text of
// its own: patterns, local verification, conclusion. An example must be found
// by its rule, a near miss must not; of a rule that is only a part of others
// local verification decides. Fails only if the engine does.
Result<RuleTrial> TryRules(const RuleSet& rules,
                           const PatternDatabase& patterns);

}  // namespace keysift
