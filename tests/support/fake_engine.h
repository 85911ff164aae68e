// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "match/pattern_database.h"
#include "match/triggers.h"
#include "scan/scan.h"
#include "verify/verifier.h"

namespace keysift {

// A few rules of the tests' own with their patterns: tokens that are their own
// proof, words that count only in some context, anchored lines.
class FakeEngine {
 public:
  FakeEngine() {
    Add("token", "tok_([0-9a-f]{12})", "tok_[0-9a-f]{12}");
    Add("word", "\\b(x[a-z]{2,6})\\b", "\\bx[a-z]{2,6}\\b");
    rules_.rules.back().keywords = {"near"};
    Add("line", "(?m)^= ?(\\w+)$", "(?m)^= ?\\w{1,8}$");
    rules_.hash = "fake";
    Result<PatternDatabase> compiled =
        PatternDatabase::Compile(PatternSources(rules_));
    REQUIRE(compiled);
    patterns_ = std::make_unique<PatternDatabase>(std::move(*compiled));
  }

  const RuleSet& rules() const { return rules_; }
  const PatternDatabase& patterns() const { return *patterns_; }
  ScanEngine engine() const { return {&rules_, patterns_.get()}; }

  // A report that can only fail by the target's fault.
  ScanReport ScanPath(const std::string& path,
                      const ScanOptions& options = {}) const {
    ScanRequest request;
    request.path = path;
    request.with_worktree = false;
    ScanProgress progress;
    Result<ScanReport> report = Scan(request, options, engine(), &progress);
    REQUIRE(report);
    return std::move(*report);
  }

 private:
  void Add(std::string id, std::string regex, std::string hit) {
    Rule rule;
    rule.id = std::move(id);
    rule.description = rule.id;
    rule.regex = std::move(regex);
    rule.hits = {std::move(hit)};
    rule.reach_before = 128;
    rule.reach_after = 128;
    rule.confidence = Confidence::kLikely;
    rules_.rules.push_back(std::move(rule));
  }

  RuleSet rules_;
  std::unique_ptr<PatternDatabase> patterns_;
};

}  // namespace keysift
