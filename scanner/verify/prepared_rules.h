// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "rule/rule.h"
#include "verify/allowlist.h"
#include "verify/check.h"
#include "verify/lazy_regex.h"

namespace keysift {

// A rule with its regexes, checks and allowlists at hand. Immutable but for
// the lazy regexes.
struct PreparedRule {
  explicit PreparedRule(const Rule* source);

  const Rule* rule;
  LazyRegex full;
  LazyRegex path;
  std::vector<const Check*> local_checks;
  std::vector<const Check*> body_checks;
  std::vector<const CompiledAllowlist*> allowlists;  // its own, then global
  bool generic;     // catches anything that looks secret: filters are strict
  bool wants_uuid;  // its regex spells a UUID
};

// All rules of a RuleSet made ready, by number. `rules` must outlive it.
class PreparedRules {
 public:
  explicit PreparedRules(const RuleSet* rules);

  size_t size() const { return prepared_.size(); }
  const PreparedRule& operator[](size_t number) const {
    return prepared_[number];
  }
  const RuleSet& rules() const { return *rules_; }

 private:
  const RuleSet* rules_;
  std::deque<PreparedRule> prepared_;
  std::deque<CompiledAllowlist> allowlists_;
};

}  // namespace keysift
