// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "rule/regex_node.h"

namespace keysift {

// A place in a regex's text. `text` must outlive it.
struct RegexCursor {
  std::string_view text;
  size_t position = 0;
  // Something was read that the engines read differently.
  bool differs = false;

  bool AtEnd() const { return position >= text.size(); }
  char Peek() const { return text[position]; }
  bool StartsWith(std::string_view start) const {
    return text.substr(position).starts_with(start);
  }
  // Moves past `start` if it is next.
  bool Take(std::string_view start);

  // An error at `at` (from 0), or at the cursor.
  tl::unexpected<Error> FailAt(size_t at, std::string message) const;
  tl::unexpected<Error> FailHere(std::string message) const {
    return FailAt(position, std::move(message));
  }
};

// The set that a backslash escape stands for; the cursor is at the backslash
// and ends behind the escape. Assertions (\b, \A, …) and \Q are the caller's:
// here they are errors.
Result<ByteSet> ParseEscape(RegexCursor* cursor);

// The set of [...]; the cursor is at "[" and ends behind "]". `fold`: (?i)
// holds here.
Result<ByteSet> ParseClass(RegexCursor* cursor, bool fold);

}  // namespace keysift
