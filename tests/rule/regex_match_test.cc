// SPDX-License-Identifier: Apache-2.0
#include "rule/regex_match.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "rule/regex_syntax.h"

namespace keysift {
namespace {

std::vector<size_t> Ends(const std::string& regex, const std::string& text) {
  Result<Regex> parsed = ParseRegex(regex);
  REQUIRE(parsed);
  Positions positions = AllMatchEnds(parsed->root, text);
  std::vector<size_t> ends;
  for (size_t i = 0; i < positions.size(); ++i) {
    if (positions[i]) {
      ends.push_back(i);
    }
  }
  return ends;
}

}  // namespace

TEST_CASE("all ends of all matches are found") {
  CHECK(Ends("a+", "caab") == std::vector<size_t>{2, 3});
  CHECK(Ends("a{2}", "aaaa") == std::vector<size_t>{2, 3, 4});
  CHECK(Ends("(?:ab|b)c", "abc") == std::vector<size_t>{3});
  CHECK(Ends("(?:a*)*b", "aab") == std::vector<size_t>{3});
  CHECK(Ends("\\bab?\\b", "a ab b") == std::vector<size_t>{1, 4});
  CHECK(Ends("(?m)^b$", "a\nb\nb") == std::vector<size_t>{3, 5});
  CHECK(Ends("^b", "ab").empty());
  CHECK(Ends("b$", "ab\n").empty());
  CHECK(Ends("a\\Bb", "ab") == std::vector<size_t>{2});
}

}  // namespace keysift
