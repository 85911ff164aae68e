// SPDX-License-Identifier: Apache-2.0
#include "rule/rule_list.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace keysift {
namespace {

int decoded = 0;

std::unique_ptr<const Rule> DecodeOne(const RuleList::Encoded& encoded) {
  ++decoded;
  auto rule = std::make_unique<Rule>();
  rule->id = encoded.id;
  rule->regex = encoded.bytes;
  return rule;
}

RuleList Lazy() {
  decoded = 0;
  return RuleList({{"one", "1"}, {"two", "2"}, {"three", "3"}}, DecodeOne);
}

}  // namespace

TEST_CASE("a rule is decoded when it is looked at, once") {
  const RuleList rules = Lazy();
  CHECK(rules.size() == 3);
  CHECK(rules.IdOf(2) == "three");
  CHECK(decoded == 0);
  const Rule& rule = rules[1];
  CHECK(rule.regex == "2");
  CHECK(&rules[1] == &rule);
  CHECK(decoded == 1);
}

TEST_CASE("all rules can be gone through") {
  const RuleList rules = Lazy();
  std::string regexes;
  for (const Rule& rule : rules) {
    regexes += rule.regex;
  }
  CHECK(regexes == "123");
  CHECK(std::any_of(rules.begin(), rules.end(),
                    [](const Rule& rule) { return rule.id == "three"; }));
}

TEST_CASE("a copy may be changed, its source stays") {
  const RuleList source = Lazy();
  RuleList rules = source;
  rules[0].regex = "new";
  rules.push_back(Rule());
  rules.erase(rules.begin() + 1);
  CHECK(rules.size() == 3);
  CHECK(rules.IdOf(1) == "three");
  CHECK(rules[0].regex == "new");
  CHECK(source[0].regex == "1");
  CHECK(source.size() == 3);
}

TEST_CASE("what may be changed is decoded in full") {
  RuleList rules = Lazy();
  rules[2].regex = "new";
  CHECK(decoded == 3);
  const RuleList moved = std::move(rules);
  CHECK(moved[2].regex == "new");
  CHECK(moved[0].regex == "1");
}

TEST_CASE("a rule is found by its id, without decoding any") {
  RuleSet rules;
  rules.rules = Lazy();
  CHECK(rules.Find("two") == 1);
  CHECK(rules.Find("four") == -1);
  CHECK(decoded == 0);
  rules.rules = {};
  CHECK(rules.Find("two") == -1);
}

}  // namespace keysift
