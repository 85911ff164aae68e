// SPDX-License-Identifier: Apache-2.0
#include "rule/regex_node.h"

#include <doctest/doctest.h>

#include <ostream>

#include "rule/regex_syntax.h"

namespace keysift {
namespace {

uint64_t Shortest(const char* text) {
  return MinLength(ParseRegex(text)->root);
}
uint64_t Longest(const char* text) { return MaxLength(ParseRegex(text)->root); }

}  // namespace

TEST_CASE("lengths are exact and unbounded stays unbounded") {
  CHECK(Shortest("a{2,5}(?:bc|d)?\\b") == 2);
  CHECK(Longest("a{2,5}(?:bc|d)?\\b") == 7);
  CHECK(Longest("a*b{3}") == kUnboundedLength);
  CHECK(Longest("(?:a+){0}b") == 1);
  CHECK(Longest("(?:\\b)") == 0);
  CHECK(Shortest("(?:a+){7}") == 7);
  CHECK(AddLengths(kUnboundedLength, 5) == kUnboundedLength);
  CHECK(MultiplyLength(uint64_t{1} << 40, uint64_t{1} << 40) ==
        kUnboundedLength);
}

TEST_CASE("how often a byte can be in a match") {
  const auto newlines = [](const char* text) {
    return MaxCountOf('\n', ParseRegex(text)->root);
  };
  CHECK(newlines("(?i)key[ \\t]{0,3}[^\\s]{8,}$") == 0);
  CHECK(newlines("key(?:\\r?\\n|[ \\t]\\n\\n)[^a]") == 3);
  CHECK(newlines("(?:\\s|x){2,5}") == 5);
  CHECK(newlines("[^\"]+") == kUnboundedLength);
  CHECK(newlines("(?:\\s+){0}a.b") == 0);
}

TEST_CASE("assertions are found anywhere in the tree") {
  Result<Regex> regex = ParseRegex("a(?:b|(?:c$)?)");
  REQUIRE(regex);
  CHECK(HasAssertion(regex->root, RegexNode::Assertion::kTextEnd));
  CHECK_FALSE(HasAssertion(regex->root, RegexNode::Assertion::kTextStart));
}

TEST_CASE("folding pairs letters and leaves the rest") {
  CHECK(FoldAscii(OneByte('a')) == (OneByte('a') | OneByte('A')));
  CHECK(FoldAscii(OneByte('@')) == OneByte('@'));
  CHECK(FoldAscii(OneByte(0xe9)) == OneByte(0xe9));
}

}  // namespace keysift
