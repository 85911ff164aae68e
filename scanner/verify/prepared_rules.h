// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/lazy_array.h"
#include "rule/rule_list.h"
#include "verify/allowlist.h"
#include "verify/check.h"
#include "verify/lazy_regex.h"

namespace keysift {

// A rule with its regexes, checks and allowlists at hand. Immutable but for
// the lazy regexes.
struct PreparedRule {
  // `global` are the allowlists for all rules; both outlive it.
  PreparedRule(const Rule* source, const std::deque<CompiledAllowlist>& global);

  const Rule* rule;
  LazyRegex full;
  LazyRegex path;
  std::vector<const Check*> local_checks;
  std::vector<const Check*> body_checks;
  std::vector<const CompiledAllowlist*> allowlists;  // its own, then global
  std::deque<CompiledAllowlist> own_allowlists;
  bool generic;      // catches anything that looks secret: filters are strict
  bool names_owner;  // tagged as an id: no secret, may be shown
  bool is_id;        // finds what names an account or program, opens nothing
  bool wants_uuid;   // its regex spells a UUID
};

// All rules of a RuleSet by number, each made ready when it is first asked for.
// `rules` must outlive it. All threads may call it.
class PreparedRules {
 public:
  explicit PreparedRules(const RuleSet* rules);

  size_t size() const { return prepared_.size(); }
  const PreparedRule& operator[](size_t number) const {
    return prepared_.Get(number, [&] {
      return std::make_unique<const PreparedRule>(&rules_->rules[number],
                                                  global_);
    });
  }
  const RuleSet& rules() const { return *rules_; }

  // Compiles the regexes that nearly every history asks for (some 15 ms), so
  // that its first texts need not wait for them on all threads.
  void CompileFrequent() const;

 private:
  const RuleSet* rules_;
  std::deque<CompiledAllowlist> global_;
  LazyArray<PreparedRule> prepared_;
};

}  // namespace keysift
