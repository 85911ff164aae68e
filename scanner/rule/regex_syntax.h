// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "rule/regex_node.h"

namespace keysift {

// A regex that RE2 (Latin-1) and Hyperscan read alike.
struct Regex {
  RegexNode root;
  int groups = 0;  // capturing ones
  // What the engines get. The text as written, unless it holds something that
  // they read differently (\s, folding beyond ASCII, (?<name>…)): then the
  // tree, printed.
  std::string text;
};

// Parses the subset that rules/README.md lists. Fails with kUsage; `where` is
// the column (from 1, in bytes), the message says what to write instead.
Result<Regex> ParseRegex(std::string_view text);

}  // namespace keysift
