// SPDX-License-Identifier: Apache-2.0
#include "rule/toml_table.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace keysift {

TEST_CASE("values are read by type, and mistakes carry their place") {
  Problems problems;
  ParseToml(
      "a = 'x'\nb = 7\nc = ['p', 'q']\nd = 'one'\ne = 2.5\nf = true\n"
      "wrong = 3\nhigh = 99\nmixed = ['a', 1]\nextra = 1\n",
      "f.toml", &problems, [](TomlTable& table) {
        std::string a;
        table.Read("a", &a);
        CHECK(a == "x");
        int b = 0;
        table.Read("b", 0, 9, &b);
        CHECK(b == 7);
        std::vector<std::string> c;
        table.Read("c", false, &c);
        CHECK(c == std::vector<std::string>{"p", "q"});
        table.Read("d", true, &c);
        CHECK(c == std::vector<std::string>{"one"});
        double e = 0;
        table.Read("e", &e);
        CHECK(e == 2.5);
        bool f = false;
        table.Read("f", &f);
        CHECK(f);
        table.Read("wrong", &a);
        table.Read("high", 0, 9, &b);
        table.Read("mixed", false, &c);
        table.Read("absent", &a);
        CHECK(a == "x");
        CHECK(table.UnknownKeys() == std::vector<std::string>{"extra"});
      });
  REQUIRE(problems.errors.size() == 3);
  CHECK(problems.errors[0].where == "f.toml:7:9");
  CHECK(problems.errors[0].message ==
        "`wrong`: must be a string; write it in quotes");
  CHECK(problems.errors[1].message ==
        "`high`: must be a whole number from 0 to 9");
  CHECK(problems.errors[2].message ==
        "`mixed`: must be a list of strings, as in [\"a\", \"b\"]");
}

TEST_CASE("one table or a list of them is visited, anything else is wrong") {
  Problems problems;
  int visited = 0;
  ParseToml("[[many]]\n[[many]]\n[one]\n", "f.toml", &problems,
            [&visited](TomlTable& table) {
              table.Visit("many", [&visited](TomlTable&) { ++visited; });
              table.Visit("one", [&visited](TomlTable&) { ++visited; });
            });
  CHECK(visited == 3);
  CHECK(problems.errors.empty());
  ParseToml("many = 1\n", "f.toml", &problems,
            [](TomlTable& table) { table.Visit("many", [](TomlTable&) {}); });
  REQUIRE(problems.errors.size() == 1);
  CHECK(problems.errors[0].message == "`many`: must be tables; write [[many]]");
}

TEST_CASE("a syntax error is placed, and nothing is read") {
  Problems problems;
  bool called = false;
  ParseToml("a = 1\nb = = 2\n", "f.toml", &problems,
            [&called](TomlTable&) { called = true; });
  CHECK_FALSE(called);
  REQUIRE(problems.errors.size() == 1);
  CHECK(problems.errors[0].where.substr(0, 9) == "f.toml:2:");
}

}  // namespace keysift
