// SPDX-License-Identifier: Apache-2.0
#include "cli/rule_check.h"

#include <algorithm>
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

// Warnings that linting a file did not give.
void AppendNew(const std::vector<Error>& from, Problems* to) {
  for (const Error& warning : from) {
    const bool known = std::any_of(to->warnings.begin(), to->warnings.end(),
                                   [&](const Error& other) {
                                     return other.where == warning.where &&
                                            other.message == warning.message;
                                   });
    if (!known) {
      to->warnings.push_back(warning);
    }
  }
}

// What only the whole shows; called once the parts are right. `all` are the
// mistakes that loading made out, of which the result tells the first.
void CheckTogether(const Result<LoadedRules>& loaded,
                   const std::vector<Error>& all, Problems* problems) {
  if (!loaded) {
    problems->errors.insert(problems->errors.end(), all.begin(), all.end());
    if (all.empty()) {
      problems->errors.push_back(loaded.error());
    }
    return;
  }
  AppendNew(loaded->warnings, problems);
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
  // A configuration stands by itself; rule files may name each other's rules.
  std::vector<NamedText> configurations;
  std::vector<NamedText> added;
  for (const NamedText& text : texts) {
    const RuleFile file =
        ParseRuleFile(text.text, text.name, DialectOf(text.name));
    Append(LintRuleFile(file, IsCheck), &problems);
    (file.extend.where.empty() ? added : configurations).push_back(text);
  }
  if (!problems.errors.empty()) {
    return problems;
  }
  for (const NamedText& text : configurations) {
    std::vector<Error> all;
    const Result<LoadedRules> loaded = LoadConfigurationText(text, base, &all);
    CheckTogether(loaded, all, &problems);
  }
  if (!added.empty()) {
    std::vector<Error> all;
    const Result<LoadedRules> loaded = AddRuleTexts(base, added, &all);
    CheckTogether(loaded, all, &problems);
  }
  return problems;
}

Problems CheckRules(const RuleSet& rules) {
  RuleFile file;
  for (const Rule& rule : rules.rules) {
    WrittenRule written;
    written.rule = rule;
    written.written = {"hit"};
    written.where = rule.origin;
    file.rules.push_back(std::move(written));
  }
  return LintRuleFile(file, IsCheck);
}

}  // namespace keysift
