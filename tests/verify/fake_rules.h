// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verify/verifier.h"

namespace keysift {

// A rule as a test needs it: matched from any offset in reach.
inline Rule RuleOf(std::string id, std::string regex) {
  Rule rule;
  rule.id = std::move(id);
  rule.description = rule.id;
  rule.regex = std::move(regex);
  rule.reach_before = 128;
  rule.reach_after = 512;
  return rule;
}

// The definition that Hyperscan's hits are compared with: a hit of every rule
// at every offset of the text.
inline std::vector<LocalVerdict> VerifyEverywhere(const Verifier& verifier,
                                                  size_t rules,
                                                  std::string_view text) {
  std::vector<LocalVerdict> verdicts;
  for (uint64_t end = 1; end <= text.size(); ++end) {
    for (uint32_t rule = 0; rule < rules; ++rule) {
      verdicts.push_back(verifier.VerifyLocally(text, Hit::At(end, rule)));
    }
  }
  return verdicts;
}

// Everything that the rules find in `text`.
inline std::vector<Detection> FindAll(const Verifier& verifier, size_t rules,
                                      std::string_view text,
                                      uint64_t* allowed = nullptr) {
  uint64_t unused = 0;
  std::vector<Detection> detections;
  verifier.Conclude(text, VerifyEverywhere(verifier, rules, text), &detections,
                    allowed != nullptr ? allowed : &unused);
  return detections;
}

}  // namespace keysift
