// SPDX-License-Identifier: Apache-2.0
#include "verify/partners.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/verify/fake_rules.h"
#include "verify/marks.h"

namespace keysift {
namespace {

constexpr const char* kSecret1 = "q7Zr2Kw9XbT4mLs8VdYp3NcH6jRf1GaE5uQo";
constexpr const char* kSecret2 = "Z8vL1pQe6RtY3uWx9AsDKfGh2JkM5nB4cV7b";

// Secrets of 36 characters, ids "AC" and six digits.
RuleSet Acme(bool proves = true) {
  RuleSet rules;
  rules.rules.push_back(RuleOf("acme-secret", "secret=(\\w{36})"));
  rules.rules[0].partners = {Partner{"acme-id", 3, proves}};
  rules.rules.push_back(RuleOf("acme-id", "\\b(AC\\d{6})\\b"));
  rules.rules[1].description = "Acme id";
  rules.rules[1].confidence = Confidence::kPossible;
  rules.rules[1].tags = {"id"};
  return rules;
}

std::vector<Detection> Find(const RuleSet& rules, const std::string& text) {
  const Verifier verifier(&rules, nullptr);
  return FindAll(verifier, rules.rules.size(), text);
}

std::string Secret(const char* value) { return std::string("secret=") + value; }

TEST_CASE("an id near a secret is told of with it, before or behind") {
  const RuleSet rules = Acme();
  for (const std::string& text : {"id=AC391846\nregion=x\n" + Secret(kSecret1),
                                  Secret(kSecret1) + "\nregion=x\nid=AC391846",
                                  "id=AC391846 " + Secret(kSecret1)}) {
    const std::vector<Detection> found = Find(rules, text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].secret.In(text) == kSecret1);
    CHECK(found[0].partner.In(text) == "AC391846");
    CHECK(found[0].partner_rule == 1);
    CHECK(found[0].confidence == Confidence::kCertain);
  }
}

TEST_CASE("parts far apart, or alone, stay as they are") {
  const RuleSet rules = Acme();
  const std::vector<Detection> far =
      Find(rules, "id=AC391846\n1\n2\n3\n" + Secret(kSecret1));
  REQUIRE(far.size() == 2);
  CHECK(far[0].confidence == Confidence::kPossible);
  CHECK(far[1].confidence == Confidence::kLikely);
  CHECK(far[1].partner.empty());
  CHECK(Find(rules, Secret(kSecret1)).size() == 1);
  CHECK(Find(rules, "id=AC391846").size() == 1);
}

TEST_CASE("of two pairs each secret keeps its own id, in either order") {
  const RuleSet rules = Acme();
  const std::string one = "id=AC391846\nx\n" + Secret(kSecret1);
  const std::string two = "id=AC705213\nx\n" + Secret(kSecret2);
  std::string text = one + "\n" + two;
  std::vector<Detection> found = Find(rules, text);
  REQUIRE(found.size() == 2);
  CHECK(found[0].partner.In(text) == "AC391846");
  CHECK(found[1].partner.In(text) == "AC705213");
  text = Secret(kSecret1) + "\nx\nid=AC391846\n" + Secret(kSecret2) +
         "\nx\nid=AC705213\n";
  found = Find(rules, text);
  REQUIRE(found.size() == 2);
  CHECK(found[0].partner.In(text) == "AC391846");
  CHECK(found[1].partner.In(text) == "AC705213");
}

TEST_CASE("a second id without a secret stays") {
  CHECK(Find(Acme(), "id=AC391846\nid=AC705213\n" + Secret(kSecret1)).size() ==
        2);
}

TEST_CASE("only formats that prove it make a secret certain") {
  RuleSet rules = Acme(false);
  const std::string text = "id=AC391846\n" + Secret(kSecret1);
  CHECK(Find(rules, text)[0].confidence == Confidence::kLikely);
  rules.rules[0].confidence = Confidence::kPossible;
  CHECK(Find(rules, text)[0].confidence == Confidence::kLikely);
  rules.rules[0].partners[0].proves = true;
  CHECK(Find(rules, text)[0].confidence == Confidence::kLikely);
}

TEST_CASE("an invented part raises nothing, and hides no surer id") {
  RuleSet rules = Acme();
  rules.rules[1].confidence = Confidence::kLikely;
  const std::string sample = "secret=EXAMPLEw9XbT4mLs8VdYp3NcH6jRf1GaE5uQ";
  const std::vector<Detection> found =
      Find(rules, "id=AC391846\n" + sample + "\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0].confidence == Confidence::kLikely);
  CHECK(found[1].confidence == Confidence::kPossible);
}

TEST_CASE("a secret that is not reported hides no id") {
  RuleSet rules = Acme();
  rules.rules[0].report = false;
  const std::vector<Detection> found =
      Find(rules, "id=AC391846\n" + Secret(kSecret1));
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == 1);
}

TEST_CASE("the description names an id, and of a second key only its kind") {
  RuleSet rules = Acme();
  const std::string text = "id=AC391846\nx\n" + Secret(kSecret1);
  const auto describe = [&] {
    const Verifier verifier(&rules, nullptr);
    return verifier.Describe(text, FindAll(verifier, 2, text)[0]);
  };
  const Description with_id = describe();
  CHECK(with_id.reasons.back() == "belongs to Acme id AC391846, 2 lines above");
  CHECK(with_id.details.at("partner") == "AC391846");
  CHECK(with_id.details.at("partner_rule") == "acme-id");
  rules.rules[1].tags.clear();
  const Description with_key = describe();
  CHECK(with_key.reasons.back() == "stands with Acme id, 2 lines above");
  CHECK(with_key.details.count("partner") == 0);
}

TEST_CASE("one comment allows both parts") {
  const RuleSet rules = Acme();
  const Verifier verifier(&rules, nullptr);
  uint64_t allowed = 0;
  CHECK(FindAll(verifier, 2,
                "id=AC391846\n" + Secret(kSecret1) + " # keysift:allow\n",
                &allowed)
            .empty());
  CHECK(allowed == 1);
}

}  // namespace
}  // namespace keysift
