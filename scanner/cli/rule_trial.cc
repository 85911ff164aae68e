// SPDX-License-Identifier: Apache-2.0
#include "cli/rule_trial.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "match/matcher.h"
#include "verify/verifier.h"

namespace keysift {
namespace {

// What the engine made of one text for one rule.
struct Outcome {
  bool found = false;
  std::string why;  // the last step of the rule's way, or what was missing
};

class Trial {
 public:
  Trial(const RuleSet* rules, Matcher matcher)
      : rules_(rules),
        matcher_(std::move(matcher)),
        verifier_(rules, [](std::string_view) { return false; }) {}

  Result<RuleTrial> Run() {
    for (uint32_t i = 0; i < rules_->rules.size(); ++i) {
      const Rule& rule = rules_->rules[i];
      report_.rules +=
          rule.examples.empty() && rule.negative_examples.empty() ? 0 : 1;
      report_.examples += rule.examples.size();
      report_.near_misses += rule.negative_examples.size();
      Result<void> tried = TryAll(i, "example", rule.examples, true);
      if (tried) {
        tried = TryAll(i, "near miss", rule.negative_examples, false);
      }
      if (!tried) {
        return tl::unexpected<Error>(tried.error());
      }
    }
    return std::move(report_);
  }

 private:
  Result<void> TryAll(uint32_t number, const char* kind,
                      const std::vector<std::string>& texts, bool wanted) {
    const Rule& rule = rules_->rules[number];
    for (size_t i = 0; i < texts.size(); ++i) {
      const Result<Outcome> outcome = Try(number, texts[i]);
      if (!outcome) {
        return tl::unexpected<Error>(outcome.error());
      }
      if (outcome->found != wanted) {
        report_.failures.push_back(
            rule.origin + ": rule \"" + rule.id + "\": " + kind + " " +
            std::to_string(i + 1) +
            (wanted ? " is not found: " : " is found: ") + outcome->why);
      }
    }
    return {};
  }

  Result<Outcome> Try(uint32_t number, std::string_view text) {
    std::vector<Hit> hits;
    Result<void> scanned = matcher_.Scan(text, &hits);
    if (!scanned) {
      return tl::unexpected<Error>(scanned.error());
    }
    std::sort(hits.begin(), hits.end());
    hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
    Outcome outcome;
    outcome.why = "no hit form matches";
    std::vector<LocalVerdict> accepted;
    for (const Hit& hit : hits) {
      if (hit.pattern() < rules_->rules.size()) {
        Verify(number, text, hit, &accepted, &outcome);
      }
    }
    if (rules_->rules[number].report) {
      Conclude(number, text, accepted, &outcome);
    }
    return outcome;
  }

  void Verify(uint32_t number, std::string_view text, Hit hit,
              std::vector<LocalVerdict>* accepted, Outcome* outcome) {
    const bool own = hit.pattern() == number;
    Trace trace;
    const LocalVerdict verdict =
        verifier_.VerifyLocally(text, hit, own ? &trace : nullptr);
    if (verdict.accepted) {
      accepted->push_back(verdict);
    }
    if (own && (verdict.accepted || !outcome->found)) {
      outcome->found = verdict.accepted;
      outcome->why = trace.empty() ? "" : trace.back();
    }
  }

  // Has the last word: pairs are found by no hit form of their own.
  void Conclude(uint32_t number, std::string_view text,
                const std::vector<LocalVerdict>& accepted, Outcome* outcome) {
    std::vector<Detection> detections;
    uint64_t allowed = 0;
    Trace trace;
    verifier_.Conclude(text, accepted, &detections, &allowed, &trace);
    const bool accepted_alone = outcome->found;
    outcome->found = std::any_of(
        detections.begin(), detections.end(),
        [number](const Detection& found) { return found.rule == number; });
    if (accepted_alone && !outcome->found) {
      // A rule that knows more may have taken the same secret: that is no
      // fault of this one's.
      std::vector<LocalVerdict> own;
      for (const LocalVerdict& verdict : accepted) {
        if (verdict.hit.pattern() == number) {
          own.push_back(verdict);
        }
      }
      detections.clear();
      verifier_.Conclude(text, own, &detections, &allowed);
      outcome->found = !detections.empty();
      outcome->why = trace.empty() ? "nothing was concluded" : trace.back();
    }
  }

  const RuleSet* rules_;
  Matcher matcher_;
  Verifier verifier_;
  RuleTrial report_;
};

}  // namespace

Result<RuleTrial> TryRules(const RuleSet& rules,
                           const PatternDatabase& patterns) {
  Result<Matcher> matcher = Matcher::Create(patterns);
  if (!matcher) {
    return tl::unexpected<Error>(matcher.error());
  }
  return Trial(&rules, std::move(*matcher)).Run();
}

}  // namespace keysift
