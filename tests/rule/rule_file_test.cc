// SPDX-License-Identifier: Apache-2.0
#include "rule/rule_file.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

RuleFile Ours(const std::string& text) {
  return ParseRuleFile(text, "rules/acme.toml", RuleDialect::kKeysift);
}

// A good rule, with `more` lines added.
std::string RuleWith(const std::string& more) {
  return "[[rules]]\nid = 'acme-key'\ndescription = 'Acme key'\n"
         "regex = '''\\b(acme_[0-9a-z]{32})\\b'''\n" +
         more + "\n";
}

void CheckError(const std::string& text, const std::string& where,
                const std::string& part) {
  RuleFile file = Ours(text);
  REQUIRE_MESSAGE(!file.problems.errors.empty(), text);
  const Error& error = file.problems.errors[0];
  INFO(error.ToString());
  CHECK(error.where == "rules/acme.toml:" + where);
  CHECK(error.message.find(part) != std::string::npos);
  CHECK(file.rules.empty());
}

}  // namespace

TEST_CASE("every field of a rule is read") {
  RuleFile file = Ours(RuleWith(
      "secretGroup = 1\nentropy = 3\nkeywords = ['acme']\npath = '\\.env$'\n"
      "tags = ['acme']\nseverity = 'critical'\nconfidence = 'certain'\n"
      "checks = ['crc']\nreport = false\nexamples = ['a']\n"
      "negative_examples = ['b']\nremediation = 'R.'\n"
      "revoke_url = 'https://acme.example'\nreferences = "
      "['https://x.example']\n"
      "[[rules.allowlists]]\ncondition = 'AND'\nregexTarget = 'line'\n"
      "regexes = ['x\\s']\nstopwords = ['SAMPLE']\n"
      "[[rules.required]]\nid = 'acme-id'\nwithinLines = 5\n"
      "[[rules.partners]]\nid = 'acme-id'\nwithinLines = 3\n"
      "proves = true\n"));
  REQUIRE(file.problems.errors.empty());
  REQUIRE(file.rules.size() == 1);
  const Rule& rule = file.rules[0].rule;
  CHECK(rule.hits == std::vector<std::string>{"acme_[0-9a-z]{8}"});
  CHECK(rule.reach_before == 13);
  CHECK(rule.reach_after == 24);
  CHECK(rule.newlines == 0);
  CHECK(rule.secret_group == 1);
  CHECK(rule.entropy == 3);
  CHECK(rule.severity == Severity::kCritical);
  CHECK(rule.confidence == Confidence::kCertain);
  CHECK_FALSE(rule.report);
  CHECK(rule.origin == "rules/acme.toml:1");
  REQUIRE(rule.allowlists.size() == 1);
  CHECK(rule.allowlists[0].require_all);
  CHECK(rule.allowlists[0].target == Allowlist::Target::kLine);
  CHECK(rule.allowlists[0].regexes[0] == "x[\\t-\\r ]");
  CHECK(rule.allowlists[0].stopwords[0] == "sample");
  REQUIRE(rule.required.size() == 1);
  CHECK(rule.required[0].within_lines == 5);
  CHECK(rule.required[0].within_columns == -1);
  REQUIRE(rule.partners.size() == 1);
  CHECK(rule.partners[0].id == "acme-id");
  CHECK(rule.partners[0].within_lines == 3);
  CHECK(rule.partners[0].proves);
}

TEST_CASE("a written hit form is used") {
  RuleFile file = Ours(RuleWith("hit = 'acme_'"));
  REQUIRE(file.rules.size() == 1);
  CHECK(file.rules[0].rule.hits == std::vector<std::string>{"acme_"});
  CHECK(file.rules[0].Wrote("hit"));
  CHECK(file.rules[0].rule.reach_before == 37);
}

TEST_CASE("mistakes are refused where they stand, with what to write") {
  CheckError("[[rules]]\nregex = 'acme_KEY'\ndescription='d'", "1:1",
             "id = \"provider-what\"");
  CheckError("[[rules]]\nid = 'a-b'\nregex = 'acme_KEY'", "1:1",
             "say what it is");
  CheckError("[[rules]]\nid = 'a-b'\ndescription='d'", "1:1", "missing");
  CheckError("[[rules]]\nid = 'A b'\nregex = 'acme_KEY'\ndescription='d'",
             "2:6", "lower-case letters");
  CheckError("[[rules]]\nid = 'a--b'\nregex = 'acme_KEY'\ndescription='d'",
             "2:6", "single dashes");
  CheckError("[[rules]]\nid = 7\nregex = 'acme_KEY'\ndescription='d'", "2:6",
             "must be a string");
  CheckError("[[rules]]\nid = 'a'\nregex = 'a(?=b)'\ndescription='d'", "3:9",
             "column 2: look-around");
  CheckError("[[rules]]\nid = 'a'\nregex = '[a-z]{40}'\ndescription='d'", "3:9",
             "no selective part");
  CheckError("[[rules]]\nid = 'a'\nregex = 'ACME_[^;]+;'\ndescription='d'",
             "3:9", "bound it");
  CheckError(RuleWith("severity = 'bad'"), "5:12", "\"critical\"");
  CheckError(RuleWith("confidence = 'sure'"), "5:14", "\"certain\"");
  CheckError(RuleWith("entropy = 9"), "5:11", "0 to 8");
  CheckError(RuleWith("secretGroup = 2"), "5:15", "1 group(s)");
  CheckError(RuleWith("keywords = ['ACME']"), "5:12", "\"acme\"");
  CheckError(RuleWith("hit = '\\Aacme'"), "5:7", "file's start");
  CheckError(RuleWith("reach_after = 9999"), "5:15", "1 to 4096");
  CheckError(RuleWith("revoke_url = 'http://acme.example'"), "5:14",
             "https://");
  CheckError(RuleWith("path = '(?!x)'"), "5:8", "look-around");
  CheckError(RuleWith("secretgroup = 1"), "5:15", "unknown key");
  CheckError(RuleWith("[[rules.allowlists]]\ncondition='OR'"), "5:1",
             "empty allowlist");
  CheckError(RuleWith("[[rules.allowlists]]\npaths=['x']\ncondition='XOR'"),
             "7:11", "\"OR\" or \"AND\"");
  CheckError(RuleWith("[[rules.allowlists]]\npaths=['x']\nregexTarget='all'"),
             "7:13", "\"secret\", \"match\" or \"line\"");
  CheckError(RuleWith("[[rules.allowlists]]\npaths=['x']\ntargetRules=['y']"),
             "7:13", "[[allowlists]]");
  CheckError(RuleWith("[[rules.required]]\nid='acme-key'"), "6:4",
             "require itself");
  CheckError(RuleWith("[[rules.required]]\nwithinLines=1"), "5:1", "missing");
  CheckError(RuleWith("[[rules.partners]]\nid='acme-key'\nwithinLines=1"),
             "6:4", "own partner");
  CheckError(RuleWith("[[rules.partners]]\nid='acme-id'"), "5:1",
             "how many lines");
  CheckError(RuleWith("[[rules.partners]]\nwithinLines=1"), "5:1", "missing");
}

TEST_CASE("an id that is used twice is refused, and the first one named") {
  RuleFile file = Ours(RuleWith("") + RuleWith(""));
  REQUIRE(file.problems.errors.size() == 1);
  CHECK(file.problems.errors[0].message.find("rules/acme.toml:1:1") !=
        std::string::npos);
}

TEST_CASE("all mistakes are listed, and good rules stay") {
  RuleFile file =
      Ours(RuleWith("") + "[[rules]]\nid = 'x'\nseverity = 1\nentropy = 'y'\n");
  CHECK(file.rules.size() == 1);
  CHECK(file.problems.errors.size() == 4);
}

TEST_CASE("a gitleaks configuration loads, and what is not run is told") {
  RuleFile file = ParseRuleFile(
      "title = 'team rules'\nminVersion = 'v8.25.0'\n"
      "[extend]\nuseDefault = true\ndisabledRules = ['old-one']\n"
      "[[rules]]\nid = 'Team_Token'\ndescription = 'Team token'\n"
      "regex = '''(?i)team[\\s\\S]{0,40}?tok_([a-z0-9]{20})(?:['\"\\s]|$)'''\n"
      "secretGroup = 1\nentropy = 3.5\nkeywords = ['TOK_']\n"
      "prefilter = 'x'\nvalidate = 'y'\n"
      "[rules.allowlist]\nregexes = ['''sample''']\npaths = ['''test/''']\n"
      "[[rules]]\nid = 'pem'\nregex = '''-----BEGIN A[\\s\\S-]{64,}?-----END'''"
      "\n[[rules]]\nid = 'p12-file'\npath = '''(?i)\\.p12$'''\n"
      "[allowlist]\ndescription = 'global'\npaths = ['''\\.lock$''']\n"
      "[[allowlists]]\ntargetRules = ['pem']\nstopwords = ['dummy']\n",
      ".gitleaks.toml", RuleDialect::kGitleaks);
  for (const Error& error : file.problems.errors) {
    CHECK_MESSAGE(false, error.ToString());
  }
  REQUIRE(file.rules.size() == 3);
  CHECK(file.rules[0].rule.keywords[0] == "tok_");
  CHECK(file.rules[0].rule.allowlists.size() == 1);
  CHECK(file.rules[1].rule.reach_after == 4096);
  CHECK(file.rules[2].rule.path == "(?i)\\.p12$");
  CHECK(file.extend.use_default);
  CHECK(file.extend.disabled_rules.size() == 1);
  CHECK(file.allowlists.size() == 2);
  std::string warnings;
  for (const Error& warning : file.problems.warnings) {
    warnings += warning.ToString() + "\n";
  }
  CHECK(warnings.find("betterleaks' prefilter is not run") !=
        std::string::npos);
  CHECK(warnings.find("never opens a socket") != std::string::npos);
  CHECK(warnings.find("rule pem: matches in which") != std::string::npos);
}

}  // namespace keysift
