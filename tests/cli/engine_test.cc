// SPDX-License-Identifier: Apache-2.0
#include "cli/engine.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

RuleSet ThreeRules() {
  RuleSet rules;
  for (const char* id : {"acme-key", "acme-token", "other-key"}) {
    Rule rule;
    rule.id = id;
    rule.tags = {std::string(id).substr(0, std::string(id).find('-'))};
    rules.rules.push_back(rule);
  }
  rules.rules[0].report = false;
  rules.hash = "all";
  return rules;
}

std::string Reported(const Result<RuleSet>& rules) {
  std::string ids;
  for (const Rule& rule : rules->rules) {
    ids += rule.report ? rule.id + " " : "";
  }
  return ids;
}

TEST_CASE("--only and --skip take ids and tags; numbers stay") {
  const Result<RuleSet> only = SelectRules(ThreeRules(), {{"acme"}, {}});
  REQUIRE(only);
  CHECK(only->rules.size() == 3);
  CHECK(Reported(only) == "acme-token ");
  CHECK(Reported(SelectRules(ThreeRules(), {{}, {"other-key"}})) ==
        "acme-token ");
}

TEST_CASE("another selection has another hash") {
  CHECK(SelectRules(ThreeRules(), {{"acme"}, {}})->hash !=
        SelectRules(ThreeRules(), {{"other"}, {}})->hash);
}

TEST_CASE("a word that names nothing, and a selection of nothing, fail") {
  const Result<RuleSet> unknown = SelectRules(ThreeRules(), {{"acmee"}, {}});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("did you mean acme?") !=
        std::string::npos);
  CHECK_FALSE(SelectRules(ThreeRules(), {{"acme-key"}, {}}));
  CHECK_FALSE(SelectRules(ThreeRules(), {{"other"}, {"other"}}));
}

}  // namespace
}  // namespace keysift
