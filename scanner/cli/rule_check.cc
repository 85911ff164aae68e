// SPDX-License-Identifier: Apache-2.0
#include "cli/rule_check.h"

#include <iterator>
#include <utility>

#include "cli/rule_sources.h"
#include "match/rule_cache.h"
#include "rule/lint.h"
#include "verify/checks.h"

namespace keysift {
namespace {

bool IsCheck(std::string_view name) { return FindCheck(name) != nullptr; }

void Append(Problems from, Problems* to) {
  std::move(from.errors.begin(), from.errors.end(),
            std::back_inserter(to->errors));
  std::move(from.warnings.begin(), from.warnings.end(),
            std::back_inserter(to->warnings));
}

// What only the whole shows; called once the parts are right.
void CheckTogether(const Result<LoadedRules>& loaded, Problems* problems) {
  if (!loaded) {
    problems->errors.push_back(loaded.error());
    return;
  }
  bool from_cache = false;
  const Result<PatternDatabase> patterns =
      CompileRules(loaded->rules, "", &from_cache);
  if (!patterns) {
    problems->errors.push_back(patterns.error());
  }
}

}  // namespace

Problems CheckRuleTexts(const RuleSet& base,
                        const std::vector<NamedText>& texts) {
  Problems problems;
  for (const NamedText& text : texts) {
    Append(
        LintRuleFile(ParseRuleFile(text.text, text.name, DialectOf(text.name)),
                     IsCheck),
        &problems);
  }
  if (problems.errors.empty()) {
    CheckTogether(AddRuleTexts(base, texts), &problems);
  }
  return problems;
}

Problems CheckRules(const RuleSet& rules) {
  RuleFile file;
  for (const Rule& rule : rules.rules) {
    file.rules.push_back({rule, {"hit"}, rule.origin});
  }
  return LintRuleFile(file, IsCheck);
}

}  // namespace keysift
