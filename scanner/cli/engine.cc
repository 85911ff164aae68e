// SPDX-License-Identifier: Apache-2.0
#include "cli/engine.h"

#include <algorithm>
#include <utility>

#include "base/sha.h"
#include "cli/nearest.h"
#include "match/builtin.h"

namespace keysift {
namespace {

bool Names(const std::string& word, const Rule& rule) {
  return rule.id == word ||
         std::find(rule.tags.begin(), rule.tags.end(), word) != rule.tags.end();
}

bool NamesAny(const std::vector<std::string>& words, const Rule& rule) {
  return std::any_of(
      words.begin(), words.end(),
      [&rule](const std::string& word) { return Names(word, rule); });
}

Result<void> CheckWord(const std::string& flag, const std::string& word,
                       const RuleSet& all) {
  std::vector<std::string> known;
  for (const Rule& rule : all.rules) {
    if (Names(word, rule)) {
      return {};
    }
    known.push_back(rule.id);
    known.insert(known.end(), rule.tags.begin(), rule.tags.end());
  }
  const std::string nearest = Nearest(word, known);
  return Fail(ErrorKind::kUsage,
              flag + ": no rule and no tag is called \"" + word + "\"; " +
                  (nearest.empty() ? "`keysift rules list` shows all"
                                   : "did you mean " + nearest + "?"));
}

}  // namespace

Result<RuleSet> SelectRules(const RuleSet& all, const EngineOptions& options) {
  for (const std::string& word : options.only) {
    Result<void> known = CheckWord("--only", word, all);
    if (!known) {
      return tl::unexpected<Error>(known.error());
    }
  }
  for (const std::string& word : options.skip) {
    Result<void> known = CheckWord("--skip", word, all);
    if (!known) {
      return tl::unexpected<Error>(known.error());
    }
  }
  // A rule left out stays in its place: numbers and the compiled patterns hold,
  // and it may still be a required part of another.
  RuleSet selected = all;
  bool any = false;
  std::string names = all.hash;
  for (Rule& rule : selected.rules) {
    const bool wanted = options.only.empty() || NamesAny(options.only, rule);
    rule.report = rule.report && wanted && !NamesAny(options.skip, rule);
    if (rule.report) {
      any = true;
      names += "\n" + rule.id;
    }
  }
  if (!any) {
    return Fail(ErrorKind::kUsage, "--only and --skip leave no rule");
  }
  selected.hash = Sha256Hex(names);
  return selected;
}

Result<std::unique_ptr<Engine>> Engine::Load(const EngineOptions& options) {
  std::unique_ptr<Engine> engine(new Engine);
  engine->rules_ = &BuiltinRules();
  Result<PatternDatabase> patterns = LoadBuiltinPatterns();
  if (!patterns) {
    return tl::unexpected<Error>(patterns.error());
  }
  engine->patterns_ = std::move(*patterns);
  if (!options.only.empty() || !options.skip.empty()) {
    Result<RuleSet> selected = SelectRules(*engine->rules_, options);
    if (!selected) {
      return tl::unexpected<Error>(selected.error());
    }
    engine->own_rules_ = std::move(*selected);
    engine->rules_ = &engine->own_rules_;
  }
  return engine;
}

}  // namespace keysift
