// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "match/hit.h"
#include "rule/rule_list.h"
#include "verify/lazy_regex.h"
#include "verify/verifier.h"

namespace keysift {

// What Hyperscan's hits lead to against what RE2 alone finds. By definition a
// match of (rule, e) is the leftmost s in [e - A, e) at which the full form
// matches [s, t) with e <= t <= e + V; "RE2 alone" takes every offset e for a
// hit. A rule can only accept at an e within A behind the start of some match,
// so those are tried: all starts of all matches come from RE2.
class EngineComparison {
 public:
  explicit EngineComparison(const RuleSet* rules)
      : rules_(rules),
        verifier_(rules, [](std::string_view) { return false; }) {
    for (const Rule& rule : rules->rules) {
      regexes_.push_back(std::make_unique<LazyRegex>(rule.regex));
    }
  }

  // The ends at which a rule could accept, from RE2 alone.
  void HitsOfRegexes(std::string_view text, std::vector<Hit>* hits) const {
    for (uint32_t rule = 0; rule < regexes_.size(); ++rule) {
      const re2::RE2* regex = regexes_[rule]->Get();
      uint64_t done = 0;  // ends up to here are listed
      re2::StringPiece match;
      for (uint64_t at = 0;
           regex != nullptr && at < text.size() &&
           regex->Match({text.data(), text.size()}, at, text.size(),
                        re2::RE2::UNANCHORED, &match, 1);) {
        const uint64_t begin =
            static_cast<uint64_t>(match.data() - text.data());
        const uint64_t last = std::min<uint64_t>(
            text.size(), begin + rules_->rules[rule].reach_before);
        for (uint64_t end = std::max(done, begin) + 1; end <= last; ++end) {
          hits->push_back(Hit::At(end, rule));
        }
        done = std::max(done, last);
        at = begin + 1;
      }
    }
    std::sort(hits->begin(), hits->end());
  }

  std::vector<Detection> DetectionsOf(std::string_view text,
                                      const std::vector<Hit>& hits) const {
    std::vector<LocalVerdict> accepted;
    for (const Hit& hit : hits) {
      if (hit.pattern() < rules_->rules.size()) {
        const LocalVerdict verdict = verifier_.VerifyLocally(text, hit);
        if (verdict.accepted) {
          accepted.push_back(verdict);
        }
      }
    }
    std::vector<Detection> detections;
    uint64_t allowed = 0;
    verifier_.Conclude(text, accepted, &detections, &allowed);
    return detections;
  }

  // False, and a line for each, if rules and places differ.
  bool IsSame(const std::string& name, const std::vector<Detection>& fast,
              const std::vector<Detection>& alone) const {
    const auto keys = [](const std::vector<Detection>& detections) {
      std::vector<std::array<uint64_t, 3>> list;
      for (const Detection& one : detections) {
        list.push_back({one.secret.begin, one.secret.end, one.rule});
      }
      std::sort(list.begin(), list.end());
      return list;
    };
    const auto ours = keys(fast);
    const auto theirs = keys(alone);
    const auto tell = [&](const auto& from, const auto& other,
                          const char* who) {
      for (const auto& key : from) {
        if (std::find(other.begin(), other.end(), key) == other.end()) {
          std::printf("%s: only %s finds %s at %llu-%llu\n", name.c_str(), who,
                      rules_->rules[key[2]].id.c_str(),
                      static_cast<unsigned long long>(key[0]),
                      static_cast<unsigned long long>(key[1]));
        }
      }
    };
    tell(ours, theirs, "Hyperscan");
    tell(theirs, ours, "RE2 alone");
    return ours == theirs;
  }

 private:
  const RuleSet* rules_;
  Verifier verifier_;
  std::vector<std::unique_ptr<LazyRegex>> regexes_;
};

}  // namespace keysift
