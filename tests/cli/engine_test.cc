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

EngineOptions Selected(std::vector<std::string> only,
                       std::vector<std::string> skip) {
  EngineOptions options;
  options.only = std::move(only);
  options.skip = std::move(skip);
  return options;
}

TEST_CASE("--only and --skip take ids and tags; numbers stay") {
  const Result<RuleSet> only =
      SelectRules(ThreeRules(), Selected({"acme"}, {}));
  REQUIRE(only);
  CHECK(only->rules.size() == 3);
  CHECK(Reported(only) == "acme-token ");
  CHECK(Reported(SelectRules(ThreeRules(), Selected({}, {"other-key"}))) ==
        "acme-token ");
}

TEST_CASE("another selection has another hash") {
  CHECK(SelectRules(ThreeRules(), Selected({"acme"}, {}))->hash !=
        SelectRules(ThreeRules(), Selected({"other"}, {}))->hash);
}

TEST_CASE("a word that names nothing, and a selection of nothing, fail") {
  const Result<RuleSet> unknown =
      SelectRules(ThreeRules(), Selected({"acmee"}, {}));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("did you mean acme?") !=
        std::string::npos);
  CHECK_FALSE(SelectRules(ThreeRules(), Selected({"acme-key"}, {})));
  CHECK_FALSE(SelectRules(ThreeRules(), Selected({"other"}, {"other"})));
}

}  // namespace
}  // namespace keysift
