// SPDX-License-Identifier: Apache-2.0
#include "store/baseline.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

const std::string kCommit(40, 'c');
// SHA-1 of "abc" (FIPS 180's first example).
const std::string kAbc = "a9993e364706816aba3e25717850c26c9cd0d89d";

Finding Found(const std::string& path, uint64_t line, const std::string& rule) {
  Finding finding;
  finding.fingerprint = "ks1-" + std::string(32, '1');
  finding.rule_id = rule;
  finding.secret.sha1 = kAbc;
  finding.locations.resize(1);
  finding.locations[0].path = path;
  finding.locations[0].line = line;
  finding.locations[0].commit = kCommit;
  return finding;
}

Baseline Parsed(const std::string& text) {
  const Result<Baseline> baseline = Baseline::Read(text, "b");
  REQUIRE(baseline);
  return *baseline;
}

std::string ErrorOf(const std::string& text) {
  const Result<Baseline> baseline = Baseline::Read(text, "b");
  return baseline ? "" : baseline.error().ToString();
}

bool Accepts(const Baseline& baseline, const Finding& finding) {
  return baseline.Accepts(finding, nullptr);
}

}  // namespace

TEST_CASE("an earlier report accepts its fingerprints") {
  const Baseline baseline =
      Parsed("{\"schema_version\": 1, \"findings\": [{\"fingerprint\": \"ks1-" +
             std::string(32, '1') + "\"}], \"gaps\": []}");
  Finding finding = Found("a", 1, "r");
  CHECK(Accepts(baseline, finding));
  finding.fingerprint = "ks1-" + std::string(32, '2');
  CHECK_FALSE(Accepts(baseline, finding));
}

TEST_CASE(".gitleaksignore accepts places, of one commit or of all") {
  const Baseline baseline =
      Parsed("# comment\n\nsrc\\a.py:aws-access-token:3\r\n" + kCommit +
             ":b:c.txt:generic-api-key:7\nz.zip!in/x:jwt:1\n");
  CHECK(baseline.size() == 3);
  CHECK(Accepts(baseline, Found("src/a.py", 3, "aws-access-key-id")));
  CHECK_FALSE(Accepts(baseline, Found("src/a.py", 4, "aws-access-key-id")));
  CHECK_FALSE(Accepts(baseline, Found("src/a.py", 3, "github-token")));
  Finding other = Found("b:c.txt", 7, "generic-secret");
  CHECK(Accepts(baseline, other));
  other.locations[0].commit = std::string(40, 'd');
  CHECK_FALSE(Accepts(baseline, other));
  Finding member = Found("z.zip", 1, "jwt");
  CHECK_FALSE(Accepts(baseline, member));
  member.locations[0].member = "in/x";
  CHECK(Accepts(baseline, member));
}

TEST_CASE("a gitleaks report with secrets accepts the secret, not the line") {
  const Baseline baseline = Parsed(
      "[{\"RuleID\": \"x\", \"File\": \"a\", \"StartLine\": 3, \"Secret\": "
      "\"abc\", \"Commit\": \"\"}]");
  CHECK(Accepts(baseline, Found("a", 99, "other-rule")));
  CHECK_FALSE(Accepts(baseline, Found("b", 3, "x")));
  Finding second = Found("a", 3, "x");
  second.secret.sha1 = std::string(40, '0');
  CHECK_FALSE(Accepts(baseline, second));
}

TEST_CASE("a redacted gitleaks report accepts places") {
  const Baseline baseline = Parsed(
      "[{\"RuleID\": \"x-token\", \"File\": \"a\", \"StartLine\": 3, "
      "\"Secret\": \"REDACTED\", \"Commit\": \"" +
      kCommit + "\"}]");
  size_t place = 0;
  CHECK(baseline.Accepts(Found("a", 3, "x-key"), &place));
  CHECK(place == 1);
  CHECK_FALSE(Accepts(baseline, Found("a", 4, "x-key")));
}

TEST_CASE(".secrets.baseline accepts a hash in a file") {
  const Baseline baseline = Parsed(
      "{\"version\": \"1.5.0\", \"plugins_used\": [], \"results\": {\"a\": "
      "[{\"type\": \"Secret Keyword\", \"hashed_secret\": \"" +
      kAbc + "\"}]}}");
  CHECK(Accepts(baseline, Found("a", 42, "any")));
  CHECK_FALSE(Accepts(baseline, Found("b", 42, "any")));
  Finding unknown = Found("a", 42, "any");
  unknown.secret.sha1 = "";
  CHECK_FALSE(Accepts(baseline, unknown));
}

TEST_CASE("what is none of these is refused") {
  CHECK(ErrorOf("a:b:c\n") ==
        "b:1: the line is not file:rule:line or commit:file:rule:line");
  CHECK(ErrorOf("::1\n") != "");
  CHECK(ErrorOf("a:1\n") != "");
  CHECK(ErrorOf("{\"a\": 1}").starts_with("b: neither a report"));
  CHECK(ErrorOf("{\"a\": tok_s3cr3t").find("s3cr3t") == std::string::npos);
  CHECK(ErrorOf("[{\"RuleID\": \"x\"}]") == "b: an entry has no File");
  CHECK(ErrorOf("") == "");
}

}  // namespace keysift
