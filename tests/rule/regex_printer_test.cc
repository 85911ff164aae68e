// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <ostream>
#include <string>

#include "rule/regex_match.h"
#include "rule/regex_sample.h"
#include "rule/regex_syntax.h"

namespace keysift {

TEST_CASE("sets print in their shortest familiar spelling") {
  auto print = [](const ByteSet& set) {
    return PrintRegex(RegexNode::Set(set), false);
  };
  CHECK(print(OneByte('.')) == "\\.");
  CHECK(print(OneByte('\n')) == "\\n");
  CHECK(print(OneByte(0)) == "\\x00");
  CHECK(print(OneByte(0xff)) == "\\xff");
  CHECK(print(Digits()) == "\\d");
  CHECK(print(~WordBytes()) == "\\W");
  CHECK(print(WordBytes() | OneByte('-') | OneByte('^')) == "[\\w\\^-]");
  CHECK(print(~OneByte('"')) == "[^\"]");
  CHECK(print(ByteRange('a', 'b')) == "[ab]");
}

TEST_CASE("without captures groups vanish") {
  Result<Regex> regex = ParseRegex("(a|b)+((?P<x>c)d)");
  REQUIRE(regex);
  CHECK(PrintRegex(regex->root, false) == "(?:a|b)+cd");
}

TEST_CASE("what was printed parses to the same language and print") {
  for (const char* text :
       {"(?i)[\\w.-]{0,50}?(?:acme)[ \\t]{0,3}=([0-9a-f]{32})\\b", "a|b|",
        "(?:a|b){2,3}?", "\\Q(x)[y]{2}\\E", "[\\x00-\\x1f\\]\\\\^-]",
        "(?m)^(?:$|x)", "(?s)..\\B", "(?:(?:ab)?)c", "[^a-z]", "[[\\]-]",
        "(?i)a{2}b{1}c"}) {
    Result<Regex> first = ParseRegex(text);
    REQUIRE(first);
    std::string printed = PrintRegex(first->root, true);
    Result<Regex> second = ParseRegex(printed);
    REQUIRE_MESSAGE(second, printed);
    CHECK(PrintRegex(second->root, true) == printed);
    CHECK(second->groups == first->groups);
    RegexSampler sampler(5);
    for (int i = 0; i < 20; ++i) {
      std::string sample = sampler.Sample(first->root) + "\n";
      CHECK(AllMatchEnds(first->root, sample) ==
            AllMatchEnds(second->root, sample));
    }
  }
}

}  // namespace keysift
