// SPDX-License-Identifier: Apache-2.0
#include "rule/rule_codec.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

RuleSet Sample() {
  RuleSet rules;
  rules.rules.resize(2);
  Rule& rule = rules.rules[1];
  rule.id = "acme-key";
  rule.regex = std::string("a\0b", 3);
  rule.hits = {"x", ""};
  rule.reach_after = 4096;
  rule.newlines = 3;
  rule.secret_group = 300;
  rule.entropy = 3.25;
  rule.severity = Severity::kCritical;
  rule.confidence = Confidence::kPossible;
  rule.allowlists.resize(1);
  rule.allowlists[0].require_all = true;
  rule.allowlists[0].target = Allowlist::Target::kLine;
  rule.allowlists[0].stopwords = {"sample"};
  rule.required = {{"acme-id", -1, 7}};
  rule.partners = {{"acme-id", 5, true}};
  rule.report = false;
  rule.examples = {"one", "two"};
  rule.negative_examples = {"three"};
  rule.origin = "acme.toml:3";
  rules.allowlists.resize(1);
  rules.allowlists[0].target_rules = {"acme-key"};
  rules.hash = "abc";
  return rules;
}

}  // namespace

TEST_CASE("rules come back as they were, examples apart") {
  RuleSet rules = Sample();
  Result<RuleSet> decoded = DecodeRules(EncodeRules(rules));
  REQUIRE(decoded);
  REQUIRE(decoded->rules.size() == 2);
  const Rule& rule = decoded->rules[1];
  CHECK(rule.regex == rules.rules[1].regex);
  CHECK(rule.hits == rules.rules[1].hits);
  CHECK(rule.reach_after == 4096);
  CHECK(rule.newlines == 3);
  CHECK(rule.secret_group == 300);
  CHECK(rule.entropy == 3.25);
  CHECK(rule.severity == Severity::kCritical);
  CHECK(rule.confidence == Confidence::kPossible);
  CHECK(rule.allowlists[0].require_all);
  CHECK(rule.allowlists[0].target == Allowlist::Target::kLine);
  CHECK(rule.required[0].within_lines == -1);
  CHECK(rule.required[0].within_columns == 7);
  CHECK(rule.partners[0].id == "acme-id");
  CHECK(rule.partners[0].within_lines == 5);
  CHECK(rule.partners[0].proves);
  CHECK_FALSE(rule.report);
  CHECK(rule.origin == "acme.toml:3");
  CHECK(rule.examples.empty());
  CHECK(decoded->allowlists[0].target_rules[0] == "acme-key");
  CHECK(decoded->hash == "abc");
  REQUIRE(AddExamples(EncodeExamples(rules), &*decoded));
  CHECK(decoded->rules[1].examples.size() == 2);
  CHECK(decoded->rules[1].negative_examples[0] == "three");
}

TEST_CASE("cut or foreign bytes are damage, not a crash") {
  std::string bytes = EncodeRules(Sample());
  for (size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(DecodeRules(std::string_view(bytes).substr(0, size)));
  }
  CHECK_FALSE(DecodeRules(bytes + "x"));
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0xff);
    Result<RuleSet> decoded = DecodeRules(damaged);
    CHECK((!decoded || decoded->rules.size() <= bytes.size()));
  }
  RuleSet rules = Sample();
  CHECK_FALSE(AddExamples("\x7f", &rules));
}

TEST_CASE("the hash follows what is found, not where rules are written") {
  RuleSet rules = Sample();
  std::string hash = HashRules(rules);
  rules.rules[1].origin = "elsewhere.toml:9";
  rules.hash = "";
  CHECK(HashRules(rules) == hash);
  rules.rules[1].entropy = 3.5;
  CHECK(HashRules(rules) != hash);
}

}  // namespace keysift
