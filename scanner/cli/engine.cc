// SPDX-License-Identifier: Apache-2.0
#include "cli/engine.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/sha.h"
#include "cli/nearest.h"
#include "cli/numbers.h"
#include "cli/rule_sources.h"
#include "match/builtin.h"
#include "match/rule_cache.h"

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

// Whether the patterns of one are those of the other, number by number.
bool HaveSameHits(const RuleSet& a, const RuleSet& b) {
  return &a == &b ||
         std::equal(
             a.rules.begin(), a.rules.end(), b.rules.begin(), b.rules.end(),
             [](const Rule& x, const Rule& y) { return x.hits == y.hits; });
}

bool FindsAnything(const RuleSet& rules) {
  return std::any_of(
      rules.rules.begin(), rules.rules.end(),
      [](const Rule& rule) { return rule.report && !rule.regex.empty(); });
}

// A configuration for another scanner may have hundreds.
void AddWarnings(const std::vector<Error>& warnings,
                 std::vector<std::string>* notes) {
  constexpr size_t kMost = 10;
  for (size_t i = 0; i < std::min(warnings.size(), kMost); ++i) {
    notes->push_back("warning: " + warnings[i].ToString());
  }
  if (warnings.size() > kMost) {
    notes->push_back(ShowPlural(warnings.size() - kMost, "more warning") +
                     "; `keysift config check FILE` lists all");
  }
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

Result<LoadedRules> LoadRuleFiles(const EngineOptions& options,
                                  const RuleSet& builtin) {
  Result<LoadedRules> loaded = LoadedRules{builtin, {}};
  if (!options.config.empty()) {
    loaded = LoadConfigurationFile(options.config, builtin);
  }
  if (!loaded || options.files.empty()) {
    return loaded;
  }
  const Result<std::vector<NamedText>> texts = ReadRuleTexts(options.files);
  if (!texts) {
    return tl::unexpected<Error>(texts.error());
  }
  Result<LoadedRules> added = AddRuleTexts(loaded->rules, *texts);
  if (added) {
    added->warnings.insert(added->warnings.begin(), loaded->warnings.begin(),
                           loaded->warnings.end());
  }
  return added;
}

Result<void> Engine::LoadRules(const EngineOptions& options) {
  rules_ = &BuiltinRules();
  if (!options.config.empty() || !options.files.empty()) {
    Result<LoadedRules> loaded = LoadRuleFiles(options, *rules_);
    if (!loaded) {
      return tl::unexpected<Error>(loaded.error());
    }
    if (!FindsAnything(loaded->rules)) {
      return Fail(ErrorKind::kUsage,
                  "no rule is left that could find anything; write [extend] "
                  "with useDefault = true, or [[rules]] with a regex",
                  options.config);
    }
    AddWarnings(loaded->warnings, &notes_);
    own_rules_ = std::move(loaded->rules);
    rules_ = &own_rules_;
  }
  if (!options.only.empty() || !options.skip.empty()) {
    Result<RuleSet> selected = SelectRules(*rules_, options);
    if (!selected) {
      return tl::unexpected<Error>(selected.error());
    }
    own_rules_ = std::move(*selected);
    rules_ = &own_rules_;
  }
  return {};
}

Result<void> Engine::LoadPatterns() {
  if (HaveSameHits(*rules_, BuiltinRules())) {
    return LoadBuiltinPatterns().map(
        [this](PatternDatabase patterns) { patterns_ = std::move(patterns); });
  }
  const auto start = std::chrono::steady_clock::now();
  const std::string cache = DefaultCacheDirectory();
  bool from_cache = false;
  Result<PatternDatabase> patterns = CompileRules(*rules_, cache, &from_cache);
  if (!patterns) {
    return tl::unexpected<Error>(patterns.error());
  }
  patterns_ = std::move(*patterns);
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  if (took.count() > 1) {
    notes_.push_back("compiling " + ShowPlural(rules_->rules.size(), "rule") +
                     " took " + ShowSeconds(took.count()) +
                     (cache.empty()
                          ? "; set XDG_CACHE_HOME and it is done only once"
                          : "; kept in " + cache + " for the next time"));
  }
  return {};
}

Result<std::unique_ptr<Engine>> Engine::Load(const EngineOptions& options) {
  std::unique_ptr<Engine> engine(new Engine);
  Result<void> loaded = engine->LoadRules(options);
  if (loaded) {
    loaded = engine->LoadPatterns();
  }
  if (!loaded) {
    return tl::unexpected<Error>(loaded.error());
  }
  return engine;
}

}  // namespace keysift
