// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "rule/regex_node.h"

namespace keysift {

// Positions 0 to text.size() of a text.
using Positions = std::vector<bool>;

// Where matches of `node` that begin at one of `starts` can end. Plain and
// slow (all positions at once, no captures): rule checks and tests use it as
// the judge between engines. Assertions see the whole text.
Positions MatchEnds(const RegexNode& node, std::string_view text,
                    const Positions& starts);

// Ends of the matches that begin at `start` only.
Positions MatchEndsFrom(const RegexNode& node, std::string_view text,
                        size_t start);

// Ends of matches that begin anywhere: what Hyperscan reports.
Positions AllMatchEnds(const RegexNode& node, std::string_view text);

}  // namespace keysift
