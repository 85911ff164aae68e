// SPDX-License-Identifier: Apache-2.0
#include "rule/hit_row.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "rule/regex_syntax.h"

namespace keysift {
namespace {

RegexRow Row(const std::string& regex) {
  Result<Regex> parsed = ParseRegex(regex);
  REQUIRE(parsed);
  return RowOf(parsed->root);
}

std::string Printed(const RegexRow& row) {
  return PrintRegex(RegexNode::Concat(row), false);
}

std::vector<std::string> Cores(const std::string& regex) {
  RegexRow row = Row(regex);
  std::vector<std::string> cores;
  for (const LiteralCore& core : FindCores(row)) {
    cores.push_back(
        Printed(RegexRow(row.begin() + static_cast<ptrdiff_t>(core.begin),
                         row.begin() + static_cast<ptrdiff_t>(core.end))));
  }
  return cores;
}

double BitsOf(const std::string& literal) {
  return FindCores(Row(literal)).at(0).bits;
}

}  // namespace

TEST_CASE("a row has neither groups nor assertions, and unrolls small counts") {
  CHECK(Printed(Row("^(a)\\b(?:b(c))$")) == "abc");
  CHECK(Printed(Row("(?:ab){2}")) == "abab");
  CHECK(Printed(Row("(?:ab){2,5}")) == "ab(?:ab){1,4}");
  CHECK(Printed(Row("(?:ab)*(?:a|b|[cd])")) == "(?:ab)*[a-d]");
  CHECK(Printed(Row("(?:\\b)a(?:x){0}")) == "a");
}

TEST_CASE("cores are runs of literals, small sets and their alternations") {
  CHECK(Cores("[a-z]{3}key_[0-9]{4}END") ==
        std::vector<std::string>{"key_", "END"});
  CHECK(Cores("(?i)api[_-]?key\\d+") ==
        std::vector<std::string>{"(?i:api)[_-]?(?i:key)"});
  CHECK(Cores("(?:AKIA|ASIA)x?\\w") == std::vector<std::string>{"AKIA|ASIA"});
  CHECK(Cores("\\w+").empty());
  CHECK(Cores("abcdefghijklmnopqrstuvwxyz") ==
        std::vector<std::string>{"abcdefghijklmnopqrstuvwx", "yz"});
}

TEST_CASE("common words count for little, provider's names for much") {
  CHECK(BitsOf("(?i)client") < BitsOf("(?i)plaid"));
  CHECK(BitsOf("secret") == doctest::Approx(9));
  CHECK(BitsOf("(?:client|plaid)") < BitsOf("plaid"));
  CHECK(BitsOf("SECRET") > 20);
  CHECK(BitsOf("client_secret") > BitsOf("client"));
}

}  // namespace keysift
