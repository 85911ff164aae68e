// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "match/pattern_database.h"
#include "rule/rule.h"
#include "scan/scan.h"

namespace keysift {

// What the command line says about rules.
struct EngineOptions {
  std::vector<std::string> only;  // ids or tags; empty: all
  std::vector<std::string> skip;
};

// The rules and patterns of one process: the built-in database as it was
// compiled into the program, or one compiled now for the rules asked for.
// Immutable; must outlive the scans that use it.
class Engine {
 public:
  // Fails with kUsage where --only or --skip name nothing, or leave no rule.
  static Result<std::unique_ptr<Engine>> Load(const EngineOptions& options);

  ScanEngine ForScan() const { return {rules_, &*patterns_}; }
  const RuleSet& rules() const { return *rules_; }

 private:
  Engine() = default;

  RuleSet own_rules_;
  const RuleSet* rules_ = nullptr;
  std::optional<PatternDatabase> patterns_;
};

// The rules of `all` that --only and --skip leave, with the parts that they
// require. Fails as Load does.
Result<RuleSet> SelectRules(const RuleSet& all, const EngineOptions& options);

}  // namespace keysift
