// SPDX-License-Identifier: Apache-2.0
#include "verify/prepared_rules.h"

#include <algorithm>
#include <iterator>

#include "verify/checks.h"

namespace keysift {
namespace {

// Our own generic rules say so by a tag. Another scanner's rule may be called
// generic-…, but its author counts on what its regex finds.
constexpr const char* kGenericTag = "generic";
constexpr const char* kIdTag = "id";
constexpr const char* kFrequentTags[] = {kGenericTag, "http", "services"};

bool HasTag(const Rule& rule, const char* tag) {
  return std::find(rule.tags.begin(), rule.tags.end(), tag) != rule.tags.end();
}

// "-" between groups of 4: [0-9a-f]{8}-[0-9a-f]{4}-… in any spelling. A generic
// assignment's check decides by the name.
bool SpellsUuid(const Rule& rule) {
  return (rule.regex.find("{8}-") != std::string::npos &&
          rule.regex.find("{4}-") != std::string::npos) ||
         std::any_of(rule.checks.begin(), rule.checks.end(),
                     [](const std::string& check) {
                       return check == "uuid" || check == "generic-assignment";
                     });
}

}  // namespace

PreparedRule::PreparedRule(const Rule* source,
                           const std::deque<CompiledAllowlist>& global)
    : rule(source),
      full(source->regex),
      path(source->path),
      generic(HasTag(*source, kGenericTag)),
      names_owner(HasTag(*source, kIdTag)),
      is_id(names_owner && source->confidence == Confidence::kPossible),
      wants_uuid(SpellsUuid(*source)) {
  for (const std::string& name : source->checks) {
    const Check* check = FindCheck(name);
    if (check != nullptr) {
      (check->reach == Check::Reach::kBody ? body_checks : local_checks)
          .push_back(check);
    }
  }
  for (const Allowlist& list : source->allowlists) {
    allowlists.push_back(&own_allowlists.emplace_back(&list));
  }
  for (const CompiledAllowlist& list : global) {
    if (list.AppliesTo(source->id)) {
      allowlists.push_back(&list);
    }
  }
}

PreparedRules::PreparedRules(const RuleSet* rules)
    : rules_(rules), prepared_(rules->rules.size()) {
  for (const Allowlist& list : rules->allowlists) {
    global_.emplace_back(&list);
  }
}

void PreparedRules::CompileFrequent() const {
  for (size_t i = 0; i < size(); ++i) {
    const Rule& rule = rules_->rules[i];
    if (std::any_of(std::begin(kFrequentTags), std::end(kFrequentTags),
                    [&rule](const char* tag) { return HasTag(rule, tag); })) {
      (*this)[i].full.Get();
    }
  }
}

}  // namespace keysift
