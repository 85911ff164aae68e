// SPDX-License-Identifier: Apache-2.0
#include "rule/regex_syntax.h"

#include <doctest/doctest.h>

#include <string>

#include "rule/regex_match.h"

namespace keysift {
namespace {

// What the tree prints as, with captures.
std::string Printed(const std::string& text) {
  Result<Regex> regex = ParseRegex(text);
  return regex ? PrintRegex(regex->root, true)
               : "refused: " + regex.error().ToString();
}

bool Refuses(const std::string& text, const std::string& column,
             const std::string& advice) {
  Result<Regex> regex = ParseRegex(text);
  INFO(text, " ", regex ? "accepted" : regex.error().ToString());
  bool good = !regex && regex.error().where == column &&
              regex.error().message.find(advice) != std::string::npos;
  CHECK(good);
  return good;
}

bool Matches(const std::string& regex, const std::string& text) {
  Result<Regex> parsed = ParseRegex(regex);
  REQUIRE(parsed);
  return MatchEndsFrom(parsed->root, text, 0)[text.size()];
}

}  // namespace

TEST_CASE("flags become classes, and stay within their group") {
  CHECK(Printed("(?i)ab1") == "(?i:ab)1");
  CHECK(Printed("(?i:k)k") == "[Kk]k");
  CHECK(Printed("(a(?i)b|c)d") == "(a[Bb]|[Cc])d");
  CHECK(Printed("(?i-i)a") == "a");
  CHECK(Printed("a.b") == "a.b");
  CHECK(Printed("(?s)a.b") == "a(?s:.)b");
  CHECK(Printed("(?m)^a$") == "(?m:^)a(?m:$)");
  CHECK(Printed("^a$") == "\\Aa\\z");
  CHECK(Printed("(?U)a+b+?") == "a+?b+");
  CHECK(Printed("(?i)[^a]") == "[^Aa]");
}

TEST_CASE("classes, escapes and groups are read") {
  CHECK(Printed("[[:xdigit:]]") == "[0-9A-Fa-f]");
  CHECK(Printed("[[:^alpha:]x]") == "[^A-Za-wyz]");
  CHECK(Printed("[\\w-.]") == "[\\w.-]");
  CHECK(Printed("[]a]") == "[\\]a]");
  CHECK(Printed("[a-]") == "[a-]");
  CHECK(Printed("\\x41\\x{42}\\103\\Q.*\\E") == "ABC\\.\\*");
  CHECK(Printed("(?P<n>a)(?<m>b)(?:c)") == "(?P<n>a)(?P<m>b)c");
  CHECK(Printed("a{2}b{2,}c{2,3}?d*?") == "a{2}b{2,}c{2,3}?d*?");
  CHECK(Printed("(?:ab)+(?:a|b)") == "(?:ab)+(?:a|b)");
  CHECK(Printed("x{y}") == "x\\{y\\}");
  CHECK(Printed("a||b") == "a||b");
  CHECK(Printed("\xc3\xa9") == "\\xc3\\xa9");
  CHECK(ParseRegex("(a)(?:b)(?P<c>d)")->groups == 2);
}

TEST_CASE("what the engines read alike is passed on as written") {
  CHECK(ParseRegex("(?i)\\b[a-f\\d]+$")->text == "(?i)\\b[a-f\\d]+$");
  CHECK(ParseRegex("a\\sb")->text == "a[\\t-\\r ]b");
  CHECK(ParseRegex("(?i)\\xe9")->text == "\\xe9");
  CHECK(ParseRegex("(?<x>a)")->text == "(?P<x>a)");
}

TEST_CASE("a vertical tab is white space in both engines") {
  CHECK(Matches("\\s", "\v"));
  CHECK_FALSE(Matches("\\S", "\v"));
  CHECK(Matches("[\\S]", "x"));
}

TEST_CASE("case folding ends at ASCII") {
  CHECK(Matches("(?i)K", "k"));
  CHECK(Matches("(?i)\\xe9", "\xe9"));
  CHECK_FALSE(Matches("(?i)\\xe9", "\xc9"));
  CHECK_FALSE(Matches("(?i)s", "\xbf"));
}

TEST_CASE("what is not supported is refused with its column and a way out") {
  Refuses("ab(?=c)", "column 3", "mark the secret with a group");
  Refuses("(?!c)", "column 1", "look-around");
  Refuses("(?<=c)d", "column 1", "look-around");
  Refuses("(?<!c)d", "column 1", "look-around");
  Refuses("(a)\\1", "column 5", "back-references");
  Refuses("(?P<q>a)(?P=q)", "column 9", "back-references");
  Refuses("\\k<q>", "column 1", "back-references");
  Refuses("\\pL", "column 1", "rules work on bytes");
  Refuses("[\\p{Greek}]", "column 2", "rules work on bytes");
  Refuses("\\X", "column 1", "(?s:.)");
  Refuses("a\\Z", "column 2", "\\z");
  Refuses("\\h", "column 1", "[\\t ]");
  Refuses("\\R", "column 1", "\\r?\\n");
  Refuses("\\N", "column 1", "[^\\n]");
  Refuses("a\\Kb", "column 2", "group");
  Refuses("\\Ga", "column 1", "leave it out");
  Refuses("\\e", "column 1", "\\x1b");
  Refuses("\\C", "column 1", "(?s:.)");
  Refuses("\\cA", "column 1", "\\xHH");
  Refuses("a++", "column 3", "possessive");
  Refuses("(?>a)", "column 1", "(?:x)");
  Refuses("a**", "column 3", "(?:x{2}){3}");
  Refuses("a{2}{3}", "column 5", "(?:x{2}){3}");
  Refuses("a{,5}", "column 2", "{0,n}");
  Refuses("(?x)a b", "column 1", "this kind of group");
  Refuses("(?#no)", "column 1", "this kind of group");
  Refuses("(?(1)a|b)", "column 1", "this kind of group");
  Refuses("\\x{e9a}", "column 8", "UTF-8 bytes");
  Refuses("[\xc3\xa9]", "column 2", "alternation");
}

TEST_CASE("plain mistakes are named") {
  Refuses("(a", "column 1", "add \")\"");
  Refuses("a)", "column 2", "\\)");
  Refuses("[a", "column 1", "add \"]\"");
  Refuses("[z-a]", "column 2", "range");
  Refuses("[^\\x00-\\xff]", "column 1", "no byte");
  Refuses("*a", "column 1", "\\*");
  Refuses("\\b+", "column 3", "nothing to repeat");
  Refuses("a\\", "column 2", "\\\\");
  Refuses("\\y", "column 1", "punctuation");
  Refuses("\\x4", "column 4", "\\xHH");
  Refuses("a{3,2}", "column 2", "at most");
  Refuses("a{1001}", "column 2", "1000");
  Refuses("a{99999999999}", "column 2", "1000");
  Refuses("(?:a{100}){11}", "", "multiply");
  Refuses("(?P<>a)", "column 5", "name");
  Refuses("[[:nope:]]", "column 2", "xdigit");
  std::string deep(200, '(');
  CHECK_FALSE(ParseRegex(deep + std::string(200, ')')));
}

}  // namespace keysift
