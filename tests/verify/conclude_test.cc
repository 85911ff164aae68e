// SPDX-License-Identifier: Apache-2.0
// Covers allow_comment.cc, composite.cc, overlap.cc and judge.cc.
#include <doctest/doctest.h>

#include <string>

#include "tests/verify/fake_rules.h"
#include "verify/allow_comment.h"
#include "verify/marks.h"

namespace keysift {
namespace {

constexpr const char* kRandom = "q7Zr2Kw9XbT4mLs8VdYp3NcH6jRf1GaE5uQo";

std::string_view CommentIn(std::string_view text, std::string_view secret,
                           const std::vector<std::string>& ignored = {}) {
  const uint64_t at = text.find(secret);
  return FindAllowComment(text, Span{at, at + secret.size()}, ignored);
}

TEST_CASE("every known allow comment counts on its line") {
  for (const char* comment :
       {"keysift:allow", "gitleaks:allow", "betterleaks:allow",
        "trufflehog:ignore", "kingfisher:ignore", "pragma: allowlist secret"}) {
    const std::string text = std::string("a\nKEY # ") + comment + "\nb";
    CHECK(CommentIn(text, "KEY") == comment);
    CHECK(CommentIn(text, "KEY", {comment}).empty());
    CHECK(CommentIn(std::string("KEY\n# ") + comment, "KEY").empty());
  }
}

TEST_CASE("the nextline comment counts on the line above only") {
  const std::string comment = "# pragma: allowlist nextline secret";
  CHECK_FALSE(CommentIn(comment + "\nKEY", "KEY").empty());
  CHECK(CommentIn(comment + "\n\nKEY", "KEY").empty());
  CHECK(CommentIn("KEY " + comment, "KEY").empty());
}

TEST_CASE("a comment far along a long line is not sought for ever") {
  const std::string text =
      "KEY" + std::string(kMaxCommentReach + 10, ' ') + "gitleaks:allow";
  CHECK(CommentIn(text, "KEY").empty());
}

RuleSet Composite(int lines) {
  RuleSet rules;
  rules.rules.push_back(RuleOf("acme-secret", "secret=(\\w{36})"));
  rules.rules[0].required = {RequiredPart{"acme-id", lines, -1}};
  rules.rules.push_back(RuleOf("acme-id", "id=(AC\\d{6})"));
  rules.rules[1].report = false;
  return rules;
}

std::vector<Detection> Find(const RuleSet& rules, const std::string& text) {
  const Verifier verifier(&rules, nullptr);
  return FindAll(verifier, rules.rules.size(), text);
}

TEST_CASE("a required part must stand near, and becomes the partner") {
  const RuleSet rules = Composite(2);
  const std::string secret = std::string("secret=") + kRandom;
  const std::string text = "id=AC000001\nid=AC391846\n\n" + secret;
  const std::vector<Detection> found = Find(rules, text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].partner.In(text) == "AC391846");
  CHECK(found[0].partner_rule == 1);
  CHECK(Find(rules, "id=AC391846\n\n\n" + secret).empty());
  CHECK(Find(rules, secret + "\n\nid=AC391846").size() == 1);
  CHECK(Find(rules, secret).empty());
  CHECK(Find(Composite(-1), "id=AC391846\n\n\n\n\n" + secret).size() == 1);
}

TEST_CASE("a part that only serves others is never reported alone") {
  CHECK(Find(Composite(2), "id=AC391846\n").empty());
}

TEST_CASE("of rules on one secret the named one stays") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("generic-secret", "key=(\\w{36})"));
  rules.rules[0].tags = {"generic"};
  rules.rules[0].severity = Severity::kCritical;
  rules.rules.push_back(RuleOf("acme-token", "\\bq7\\w{34}\\b"));
  rules.rules[1].severity = Severity::kLow;
  const std::vector<Detection> found =
      Find(rules, std::string("key=") + kRandom);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == 1);
}

TEST_CASE("an id stays an id where a generic rule takes it for a secret") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("generic-secret", "key=(\\w{36})"));
  rules.rules[0].tags = {"generic"};
  rules.rules.push_back(RuleOf("acme-client-id", "acme_\\w{31}"));
  rules.rules[1].tags = {"acme", "id"};
  rules.rules[1].confidence = Confidence::kPossible;
  const std::vector<Detection> found =
      Find(rules, "key=acme_q7Zr2Kw9XbT4mLs8VdYp3NcH6jRf1Ga");
  REQUIRE(found.size() == 1);
  CHECK(rules.rules[found[0].rule].id == "acme-client-id");
  CHECK(found[0].confidence == Confidence::kPossible);
}

TEST_CASE("a named rule in doubt believes the generic one, but for samples") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("generic-secret", "key=(\\w{36})"));
  rules.rules[0].tags = {"generic"};
  rules.rules.push_back(RuleOf("acme-token", "\\bq7\\w{34}\\b"));
  rules.rules[1].confidence = Confidence::kPossible;
  const std::vector<Detection> found =
      Find(rules, std::string("key=") + kRandom);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == 1);
  CHECK(found[0].confidence == Confidence::kLikely);
  CHECK((found[0].marks & kMarkNamedSecret) != 0);
  const std::vector<Detection> bare = Find(rules, kRandom);
  REQUIRE(bare.size() == 1);
  CHECK(bare[0].confidence == Confidence::kPossible);
  rules.rules[0].confidence = Confidence::kPossible;
  CHECK(Find(rules, std::string("key=") + kRandom)[0].confidence ==
        Confidence::kPossible);
}

TEST_CASE("what a description of an API holds is only possible") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("generic-secret", "key: (\\w{36})"));
  rules.rules[0].tags = {"generic"};
  const std::string line = std::string("  key: ") + kRandom + "\n";
  const auto confidence = [&](const std::string& head) {
    return Find(rules, head + line)[0].confidence;
  };
  CHECK(confidence("openapi: 3.0.3\ninfo:\n") == Confidence::kPossible);
  CHECK(confidence("---\nswagger: '2.0'\n") == Confidence::kPossible);
  CHECK(confidence("{\"openapi\": \"3.1.0\",") == Confidence::kPossible);
  CHECK(confidence("see openapi: x\n") == Confidence::kLikely);
  CHECK(confidence("openapi3: x\n") == Confidence::kLikely);
}

TEST_CASE("of named rules the surer, then the more severe, then the earlier") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "\\bq7\\w{34}\\b"));
  rules.rules.push_back(RuleOf("b", "\\bq7\\w{34}\\b"));
  const std::string text = kRandom;
  CHECK(Find(rules, text)[0].rule == 0);
  rules.rules[1].severity = Severity::kCritical;
  CHECK(Find(rules, text)[0].rule == 1);
  rules.rules[0].confidence = Confidence::kCertain;
  CHECK(Find(rules, text)[0].rule == 0);
}

TEST_CASE(
    "a place lowers severity in test files and drops by the rule's path") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "\\bq7\\w{34}\\b"));
  const Verifier verifier(&rules, nullptr);
  Detection detection;
  detection.severity = Severity::kHigh;
  const auto severity = [&](const char* path) {
    return verifier.Judge(detection, kRandom, path, "").severity;
  };
  for (const char* path : {"src/a.c", "contest/a.c", "latest.txt", "t.c", ""}) {
    CAPTURE(path);
    CHECK(severity(path) == Severity::kHigh);
  }
  for (const char* path : {"tests/a.c", "t/lib.sh", "a/test_x.py",
                           "web/x.spec.ts", "examples/conf", "Fixtures/k"}) {
    CAPTURE(path);
    CHECK(severity(path) == Severity::kMedium);
  }
  rules.rules[0].path = "\\.env$";
  const Verifier by_path(&rules, nullptr);
  CHECK(by_path.Judge(detection, kRandom, "a/.env", "").keep);
  CHECK_FALSE(by_path.Judge(detection, kRandom, "a/b.c", "").keep);
  CHECK(by_path.Judge(detection, kRandom, "a/b.c", "").dropped_by ==
        "path of rule a");
}

TEST_CASE("an allowlist by commit drops that commit's place") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "\\bq7\\w{34}\\b"));
  Allowlist list;
  list.description = "old import";
  list.commits = {"3f786850e387550fdab836ed7e6dc881de23001b"};
  rules.allowlists = {list};
  const Verifier verifier(&rules, nullptr);
  const PlaceVerdict verdict = verifier.Judge(
      Detection(), kRandom, "a", "3F786850E387550FDAB836ED7E6DC881DE23001B");
  CHECK_FALSE(verdict.keep);
  CHECK(verdict.dropped_by == "allowlist \"old import\"");
  CHECK(verifier.Judge(Detection(), kRandom, "a", "").keep);
}

}  // namespace
}  // namespace keysift
