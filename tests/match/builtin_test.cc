// SPDX-License-Identifier: Apache-2.0
#include "match/builtin.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "match/matcher.h"
#include "match/triggers.h"

namespace keysift {

TEST_CASE("the built-in rules decode, with and without examples") {
  const RuleSet& rules = BuiltinRules();
  CHECK(rules.rules.size() > 10);
  CHECK(rules.hash.size() == 64);
  RuleSet full = BuiltinRulesWithExamples();
  REQUIRE(full.rules.size() == rules.rules.size());
  for (size_t i = 0; i < full.rules.size(); ++i) {
    CHECK(rules.rules[i].examples.empty());
    CHECK((full.rules[i].examples.size() >= 2 || !full.rules[i].report));
  }
}

TEST_CASE("every example of a built-in rule is hit") {
  RuleSet rules = BuiltinRulesWithExamples();
  Result<PatternDatabase> database = LoadBuiltinPatterns();
  REQUIRE(database);
  Result<Matcher> matcher = Matcher::Create(*database);
  REQUIRE(matcher);
  for (size_t i = 0; i < rules.rules.size(); ++i) {
    const Rule& rule = rules.rules[i];
    if (rule.regex.find("keysift:virtual:") != std::string::npos) {
      continue;  // the verifier makes these of other rules' matches
    }
    for (const std::string& example : rule.examples) {
      std::vector<Hit> hits;
      REQUIRE(matcher->Scan(example, &hits));
      bool hit = false;
      for (Hit found : hits) {
        hit = hit || found.pattern() == i;
      }
      CHECK_MESSAGE(hit, rule.id);
    }
  }
}

TEST_CASE("the linked-in database is the one that the rules compile to") {
  Result<PatternDatabase> linked = LoadBuiltinPatterns();
  REQUIRE(linked);
  Result<PatternDatabase> compiled =
      PatternDatabase::Compile(PatternSources(BuiltinRules()));
  REQUIRE(compiled);
  CHECK(linked->width() == compiled->width());
}

}  // namespace keysift
