// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "rule/rule_list.h"

namespace keysift {

// A rule set as bytes, for the built-in rules and the caches: first what holds
// for all, ids and sizes, then each rule's fields in the order of rule.h. The
// build's own format: it is not stable between versions.
std::string EncodeRules(const RuleSet& rules);

// What EncodeRules wrote. Fails with kDamaged.
Result<RuleSet> DecodeRules(std::string_view bytes);

// The same for bytes that are part of this program: each rule is decoded when
// it is first looked at. Ends the program if they are damaged.
RuleSet OpenRules(std::string_view bytes);

// Examples and negative examples apart, so that a scan need not decode them:
// EncodeRules leaves them out. AddExamples puts them back into the same rules,
// in the same order.
std::string EncodeExamples(const RuleSet& rules);
Result<void> AddExamples(std::string_view bytes, RuleSet* rules);

// The hash for RuleSet::hash: over all that changes what is found or said, and
// not over where a rule is written.
std::string HashRules(const RuleSet& rules);

}  // namespace keysift
