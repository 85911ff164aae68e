// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "match/hit.h"
#include "match/pattern_database.h"
#include "rule/rule_list.h"

namespace keysift {

// Signs that something encoded begins. Which decoder looks at it then is not
// this room's matter (scan/region_scan.cc).
enum class Trigger : uint8_t {
  kBase64,           // a long run that begins as the base64 of text
  kHex,              // a long run that begins as the hex of text
  kPercent,          // %41, the first for a while
  kEscape,           // \x41, \u0041, \101, \": or \n before a long run
  kEntity,           // &#65; &quot;
  kQuotedPrintable,  // =3D, or a word cut by "=" at the line's end
  kJoin,             // a word cut by a quote or a backslash at the line's end
};
constexpr uint32_t kTriggers = 7;

// A trigger's hits are reported under this number plus its own.
constexpr uint32_t kFirstTrigger = 0xff00;
// No trigger looks at more than this many bytes before its end, and one more;
// and at none after it.
constexpr uint32_t kTriggerWidth = 24;

// Appends the hits of all triggers in `text`: a function of the bytes
// [end - kTriggerWidth - 1, end) and of whether the text begins there.
void FindTriggers(std::string_view text, std::vector<Hit>* hits);

// All that a database for `rules` looks for: each rule's hit forms under its
// number.
std::vector<PatternSource> PatternSources(const RuleSet& rules);

}  // namespace keysift
