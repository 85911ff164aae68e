// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "rule/regex_node.h"

namespace keysift {

// A regex as a row of items that follow each other: sets, repetitions,
// alternations. hit_form.cc takes windows of it.
using RegexRow = std::vector<RegexNode>;

// The row of a regex, without groups and assertions: it matches all that the
// regex matches, and perhaps more.
RegexRow RowOf(const RegexNode& regex);
// Appends the row of a part that came out of RowOf.
void AppendRow(const RegexNode& part, RegexRow* row);

// A run of items [begin, end) that are as good as literal bytes: small sets,
// alternations of literals, with optional bytes in between.
struct LiteralCore {
  size_t begin = 0;
  size_t end = 0;
  double bits = 0;     // how rare it is in source text
  uint64_t width = 0;  // at most, in bytes
};

// All cores of a row, from the left, none wider than 24 bytes.
std::vector<LiteralCore> FindCores(const RegexRow& row);

}  // namespace keysift
