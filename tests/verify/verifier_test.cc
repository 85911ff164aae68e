// SPDX-License-Identifier: Apache-2.0
#include "verify/verifier.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/verify/fake_rules.h"
#include "verify/marks.h"

namespace keysift {
namespace {

// Random, but for its shape: no word, run or sequence.
constexpr const char* kRandom = "q7Zr2Kw9XbT4mLs8VdYp3NcH6jRf1GaE5uQo";

std::vector<Detection> Find(const RuleSet& rules, std::string_view text,
                            uint64_t* allowed = nullptr) {
  const Verifier verifier(&rules, nullptr);
  return FindAll(verifier, rules.rules.size(), text, allowed);
}

TEST_CASE("the first group that took part is the secret") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "key=(?:'(\\w{36})'|\"(\\w{36})\")"));
  const std::string text = "x key=\"" + std::string(kRandom) + "\" y";
  const std::vector<Detection> found = Find(rules, text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].secret.In(text) == kRandom);
  CHECK(found[0].match.begin == 2);
}

TEST_CASE("entropy below the rule's is rejected") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "key=(\\w{36})"));
  rules.rules[0].entropy = 4;
  CHECK(Find(rules, "key=" + std::string(kRandom)).size() == 1);
  CHECK(Find(rules, "key=aabbccddeeffgghhiijjaabbccddeeffgghh").empty());
}

TEST_CASE("a value that its provider publishes is a sample") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("github-token", "\\b(gh[ps]_\\w{36})\\b"));
  rules.rules[0].confidence = Confidence::kCertain;
  rules.rules[0].checks = {"crc32-github"};
  // GitHub's REST reference prints it; in two parts here, for other scanners.
  const std::string published =
      std::string("ghp_16C7e42F292c6912") + "E7710c838347Ae178B4a";
  const std::vector<Detection> found = Find(rules, published);
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::kPossible);
  CHECK((found[0].marks & kMarkSample) != 0);
  CHECK(found[0].severity == Severity::kLow);
  CHECK((Find(rules, "ghp_" + std::string(kRandom))[0].marks & kMarkSample) ==
        0);
}

TEST_CASE("a proof keeps a secret, but a typed one stays a sample") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "\\b(glsa_\\w{41})\\b"));
  rules.rules[0].checks = {"crc32-grafana"};
  // Both with the checksum that belongs to them.
  const std::vector<Detection> random =
      Find(rules, "glsa_iYw1mXJft5isGXNwAMnEYYnWLeEdpoms_964bfb04");
  REQUIRE(random.size() == 1);
  CHECK(random[0].confidence == Confidence::kCertain);
  const std::vector<Detection> typed =
      Find(rules, "glsa_q7Zr2Kw9XbT4mLs8VdYp3NcHxx123456_73dc51d0");
  REQUIRE(typed.size() == 1);
  CHECK((typed[0].marks & kMarkProved) != 0);
  CHECK(typed[0].confidence == Confidence::kPossible);
}

TEST_CASE("a quoted value that goes on behind a token is not that token") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "\\b(acme_\\w{31})"));
  rules.rules[0].confidence = Confidence::kCertain;
  const std::string token = "acme_" + std::string(kRandom).substr(0, 31);
  const auto confidence = [&](const std::string& text) {
    return Find(rules, text)[0].confidence;
  };
  CHECK(confidence("'" + token + "?oAR'") == Confidence::kPossible);
  CHECK(confidence("\"" + token + "|x\"") == Confidence::kPossible);
  CHECK(confidence("'" + token + "'") == Confidence::kCertain);
  CHECK(confidence("'" + token + "?'") == Confidence::kCertain);
  CHECK(confidence("'" + token + ":x-oauth-basic'") == Confidence::kCertain);
  CHECK(confidence("https://x/" + token + "?a=b") == Confidence::kCertain);
}

TEST_CASE("a sample of a certain rule is only possible") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "key=(\\w{36})"));
  rules.rules[0].confidence = Confidence::kCertain;
  const std::string typed = std::string(kRandom).substr(0, 30) + "123456";
  const std::vector<Detection> found = Find(rules, "key=" + typed);
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::kPossible);
  CHECK((found[0].marks & kMarkSequence) != 0);
}

TEST_CASE("a keyword may stand three lines away, not four") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "\\b\\w{36}\\b"));
  rules.rules[0].keywords = {"acme"};
  const std::string secret = kRandom;
  CHECK(Find(rules, "ACME\n\n\n" + secret).size() == 1);
  CHECK(Find(rules, "ACME\n\n\n\n" + secret).empty());
}

TEST_CASE("allowlists by content drop locally, by place when judged") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "key=(\\w{36})"));
  const std::string text = "key=" + std::string(kRandom) + " # demo";
  Allowlist list;
  list.target = Allowlist::Target::kLine;
  list.regexes = {"# demo$"};
  rules.rules[0].allowlists = {list};
  CHECK(Find(rules, text).empty());

  rules.rules[0].allowlists[0].require_all = true;
  rules.rules[0].allowlists[0].paths = {"^docs/"};
  const std::vector<Detection> found = Find(rules, text);
  REQUIRE(found.size() == 1);
  const Verifier verifier(&rules, nullptr);
  CHECK_FALSE(verifier.Judge(found[0], kRandom, "docs/a", "").keep);
  CHECK(verifier.Judge(found[0], kRandom, "src/a", "").keep);
}

TEST_CASE("a global allowlist holds for its target rules only") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "key=(\\w{36})"));
  rules.rules.push_back(RuleOf("b", "key2=(\\w{36})"));
  Allowlist list;
  list.stopwords = {"q7zr2"};
  list.target_rules = {"b"};
  rules.allowlists = {list};
  const std::string secret = kRandom;
  const std::vector<Detection> found =
      Find(rules, "key=" + secret + "\nkey2=" + secret);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == 0);
}

TEST_CASE("a checksum proves, and no filter drops what it proved") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("github", "\\bghp_\\w{36}\\b"));
  rules.rules[0].checks = {"crc32-github"};
  const Verifier verifier(&rules, nullptr);
  // The tail is the CRC-32 of thirty zeros in base 62.
  const std::string proved = "ghp_" + std::string(30, '0') + "2C8GjS";
  std::vector<Detection> found = FindAll(verifier, 1, proved);
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::kCertain);
  CHECK(verifier.Describe(proved, found[0]).reasons ==
        std::vector<std::string>{"regex", "checksum ok"});

  const std::string invented = "ghp_" + std::string(kRandom);
  found = FindAll(verifier, 1, invented);
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::kPossible);
  CHECK((found[0].marks & kMarkCheckFailed) != 0);
}

TEST_CASE("hex that names an object of the repository is no secret") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "\\b[0-9a-f]{40}\\b"));
  const std::string name = "3f786850e387550fdab836ed7e6dc881de23001b";
  const Verifier verifier(
      &rules, [&name](std::string_view hex) { return hex == name; });
  CHECK(FindAll(verifier, 1, "x " + name + " y").empty());
  CHECK(FindAll(verifier, 1, "x 4" + name.substr(1) + " y").size() == 1);
}

TEST_CASE("inline comments allow and are counted") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "key=(\\w{36})"));
  const std::string line = "key=" + std::string(kRandom);
  uint64_t allowed = 0;
  CHECK(Find(rules, line + " # gitleaks:allow\n", &allowed).empty());
  CHECK(allowed == 1);
  CHECK(Find(rules, line + "\n# gitleaks:allow\n", &allowed).size() == 1);
  CHECK(allowed == 1);
}

TEST_CASE("a verdict tells what it looked at, and shifts with it") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "key=(\\w{36})"));
  rules.rules[0].reach_before = 4;
  rules.rules[0].reach_after = 40;
  const Verifier verifier(&rules, nullptr);
  const std::string text =
      std::string(100, '.') + "key=" + kRandom + std::string(100, '.');
  const LocalVerdict verdict = verifier.VerifyLocally(text, Hit::At(104, 0));
  REQUIRE(verdict.accepted);
  CHECK(verdict.low == 99);
  CHECK(verdict.high == 145);
  const std::string further = std::string(7, '\n') + text;
  const LocalVerdict moved = verdict.Shifted(7);
  const LocalVerdict again = verifier.VerifyLocally(further, Hit::At(111, 0));
  CHECK(moved.match == again.match);
  CHECK(moved.low == again.low);
  CHECK(moved.high == again.high);
}

TEST_CASE("the trace tells each step and no secret") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "key=(\\w{36})"));
  rules.rules[0].entropy = 5.9;
  const Verifier verifier(&rules, nullptr);
  Trace trace;
  const std::string text = "key=" + std::string(kRandom);
  CHECK_FALSE(verifier.VerifyLocally(text, Hit::At(4, 0), &trace).accepted);
  REQUIRE(trace.size() == 2);
  CHECK(trace[1] == "entropy: 5.17, the rule asks for 5.90");
  for (const std::string& line : trace) {
    CHECK(line.find(kRandom) == std::string::npos);
  }
}

}  // namespace
}  // namespace keysift
