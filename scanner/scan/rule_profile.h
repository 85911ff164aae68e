// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "scan/scan.h"

namespace keysift {

// What one rule costs on a sample of texts. Times are in nanoseconds per KiB of
// text, on one thread.
struct RuleCost {
  uint32_t rule = 0;      // its number in the rule set
  uint32_t width = 0;     // bytes of its widest hit form
  double match_ns = 0;    // matching its hit forms, and no other rule's
  double verify_ns = 0;   // looking at its hits
  uint64_t hits = 0;      // candidates
  uint64_t accepted = 0;  // those that passed what is judged by one match alone
};

struct RuleProfile {
  uint64_t texts = 0;
  uint64_t bytes = 0;
  double match_ns = 0;  // all rules in one database, as scans match them
  std::vector<RuleCost> costs;  // the costliest first
};

// Texts of a repository's history, of a directory's files or of one file, up to
// `limit` bytes of them (the last may go beyond), from all over it. Fails if
// there is no such thing, or nothing in it.
Result<std::vector<std::string>> SampleTexts(const std::string& path,
                                             uint64_t limit, unsigned threads);

// Measures every rule on `texts`. Takes some milliseconds a rule: each is
// compiled by itself. Fails as compiling does.
Result<RuleProfile> ProfileRules(const ScanEngine& engine,
                                 const std::vector<std::string>& texts);

}  // namespace keysift
