// SPDX-License-Identifier: Apache-2.0
#include "source/wildmatch.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

struct Case {
  const char* pattern;
  const char* text;
  bool path;  // a slash is special
  bool name;  // it is not
};

TEST_CASE("patterns match as git's do") {
  const Case cases[] = {
      {"foo", "foo", true, true},
      {"foo", "fo", false, false},
      {"f*", "foo", true, true},
      {"f*", "f/o", false, true},
      {"f?o", "f/o", false, true},
      {"f[^x]o", "f/o", false, true},
      {"**/foo", "foo", true, false},
      {"**/foo", "a/b/foo", true, true},
      {"**/foo", "xfoo", false, false},
      {"a/**/b", "a/b", true, false},
      {"a/**/b", "a/x/y/b", true, true},
      {"a/**/b", "ab", false, false},
      {"a/**", "a/x/y", true, true},
      {"a/**", "b/x", false, false},
      {"a**b", "axb", true, true},
      {"a**b", "a/b", false, true},
      {"[a-c]x", "bx", true, true},
      {"[!a-c]x", "bx", false, false},
      {"[]]", "]", true, true},
      {"[a-]", "-", true, true},
      {"[[:digit:]]x", "7x", true, true},
      {"[[:nothing:]]x", "7x", false, false},
      {"[abc", "a", false, false},
      {"\\*", "*", true, true},
      {"\\*", "x", false, false},
      {"x\\", "x", false, false},
      {"", "", true, true},
      {"*", "", true, true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.pattern);
    CAPTURE(c.text);
    CHECK(Wildmatch(c.pattern, Wildmatch::Slash::kPath).Matches(c.text) ==
          c.path);
    CHECK(Wildmatch(c.pattern, Wildmatch::Slash::kName).Matches(c.text) ==
          c.name);
  }
}

TEST_CASE("a pattern made to be slow is not") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) {
    pattern += "*a**/";
  }
  const std::string text(2000, 'a');
  CHECK_FALSE(Wildmatch(pattern + "b", Wildmatch::Slash::kPath).Matches(text));
}

}  // namespace
}  // namespace keysift
