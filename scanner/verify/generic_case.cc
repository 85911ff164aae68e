// SPDX-License-Identifier: Apache-2.0
#include "verify/generic_case.h"

#include <algorithm>

#include "verify/text.h"

namespace keysift {

bool IsOneWord(const Case& c) {
  return c.value.letters == c.length() &&
         (c.value.uppers == 0 || c.value.uppers == c.length() ||
          (c.value.uppers == 1 && IsUpper(c.place.value[0])));
}

bool IsOddCall(const Case& c) {
  const size_t comma = c.place.gap.find(',');
  // "key": "password", "value": "x" is a pair.
  if (comma == std::string_view::npos ||
      c.place.gap.find("value", comma) != std::string_view::npos) {
    return false;
  }
  const std::string_view before = c.place.before;
  const size_t open = before.find_last_of("({[");
  if (open == std::string_view::npos || before[open] != '(') {
    return true;
  }
  static constexpr std::string_view kVerbs[] = {
      "set",    "put",   "add",    "prop", "env",     "conf",
      "append", "field", "fill",   "get",  "flag",    "string",
      "header", "param", "option", "attr", "default", "define",
      "equal",  "arg",   "cookie", "auth", "type",    "insert"};
  size_t begin = open;
  while (begin > 0 && (IsAlnum(before[begin - 1]) || before[begin - 1] == '_' ||
                       before[begin - 1] == '.' || before[begin - 1] == '>' ||
                       before[begin - 1] == '-' || before[begin - 1] == ':')) {
    --begin;
  }
  const std::string callee = ToLower(before.substr(begin, open - begin));
  return std::none_of(
      std::begin(kVerbs), std::end(kVerbs),
      [&callee](std::string_view verb) { return Holds(callee, verb); });
}

}  // namespace keysift
