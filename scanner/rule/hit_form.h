// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "rule/regex_node.h"

namespace keysift {

// What Hyperscan looks for in place of a full form, and how far a full match
// may lie from a hit: each full match [s, t) holds a hit's end e with
// s < e <= s + reach_before and e <= t <= e + reach_after.
struct HitForm {
  std::vector<std::string> expressions;
  uint32_t reach_before = 0;  // A
  uint32_t reach_after = 0;   // V
  // What was cut to make it fit, as sentences; only when derived leniently.
  std::vector<std::string> compromises;
};

constexpr uint32_t kMaxHitWidth = 256;
constexpr uint32_t kMaxReachBefore = 256;
constexpr uint32_t kMaxReachAfter = 4096;

struct HitFormOptions {
  // False: what would be refused (an unbounded part before the end, nothing
  // selective) is cut at the limits or accepted, and told in `compromises`.
  // For configurations that were not written for keysift.
  bool strict = true;
  // The file states them: parts beyond are knowingly missed. 0: not stated.
  uint32_t reach_before = 0;
  uint32_t reach_after = 0;
};

// The hit form of `full`. Fails with kUsage, telling which part to change.
Result<HitForm> DeriveHitForm(const RegexNode& full,
                              const HitFormOptions& options);

// The hit form that a rule's author wrote. Checks each expression by itself
// (width, emptiness, edges); whether it holds for the full form is
// lint's to try.
Result<HitForm> UseHitForm(const std::vector<std::string>& expressions,
                           const RegexNode& full,
                           const HitFormOptions& options);

}  // namespace keysift
