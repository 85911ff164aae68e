// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "match/pattern_database.h"
#include "rule/rule_list.h"
#include "rule/rule_set.h"
#include "scan/scan.h"

namespace keysift {

// What the command line says about rules.
struct EngineOptions {
  std::vector<std::string> only;  // ids or tags; empty: all
  std::vector<std::string> skip;
  std::string config;              // a configuration; "": none
  std::vector<std::string> files;  // rule files and folders that add
};

// The rules and patterns of one process: the built-in database as it was
// compiled into the program, or one compiled for the rules asked for (and kept
// in the user's cache).
// Immutable; must outlive the scans that use it.
class Engine {
 public:
  // Fails with kUsage where --only or --skip name nothing, where no rule is
  // left that could find anything, and as reading and compiling rules do.
  static Result<std::unique_ptr<Engine>> Load(const EngineOptions& options);

  ScanEngine ForScan() const { return {rules_, &*patterns_}; }
  const RuleSet& rules() const { return *rules_; }
  const PatternDatabase& patterns() const { return *patterns_; }
  // What the user should know: warnings about rules, a slow compilation.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  Engine() = default;

  Result<void> LoadRules(const EngineOptions& options);
  Result<void> LoadPatterns();

  RuleSet own_rules_;
  const RuleSet* rules_ = nullptr;
  std::optional<PatternDatabase> patterns_;
  std::vector<std::string> notes_;
};

// The built-in rules with what `options` add and override: their configuration,
// then their rule files. `builtin` must hold examples if the result should.
Result<LoadedRules> LoadRuleFiles(const EngineOptions& options,
                                  const RuleSet& builtin);

// The rules of `all` that --only and --skip leave, with the parts that they
// require. Fails as Load does.
Result<RuleSet> SelectRules(const RuleSet& all, const EngineOptions& options);

}  // namespace keysift
