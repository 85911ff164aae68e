// SPDX-License-Identifier: Apache-2.0
#include "match/triggers.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("hit forms keep their rule's number") {
  RuleSet rules;
  rules.rules.resize(3);
  rules.rules[0].hits = {"abc"};
  rules.rules[2].hits = {"def", "ghi"};  // rule 1: a path alone
  std::vector<PatternSource> sources = PatternSources(rules);
  REQUIRE(sources.size() == 3);
  CHECK(sources[0].pattern == 0);
  CHECK(sources[1].pattern == 2);
  CHECK(sources[2].expression == "ghi");
  CHECK(sources[2].pattern == 2);
}

}  // namespace keysift
