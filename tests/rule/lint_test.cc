// SPDX-License-Identifier: Apache-2.0
#include "rule/lint.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

constexpr const char* kExamples =
    "examples = ['acme_0123456789abcdef', 'k: acme_fedcba9876543210']\n"
    "negative_examples = ['acme_0123456789abcde', 'acmi_0123456789abcdef']\n";

Problems Lint(const std::string& more, const std::string& examples = kExamples,
              RuleDialect dialect = RuleDialect::kKeysift) {
  std::string text =
      "[[rules]]\nid = 'acme-key'\ndescription = 'd'\n"
      "regex = 'acme_([0-9a-f]{16})\\b'\n" +
      more + "\n" + examples;
  return LintRuleFile(
      ParseRuleFile(text, "rules/acme.toml", dialect),
      [](std::string_view name) { return name == "crc32-tail"; });
}

std::string All(const Problems& problems) {
  std::string all;
  for (const Error& error : problems.errors) {
    all += "error " + error.ToString() + "\n";
  }
  for (const Error& warning : problems.warnings) {
    all += "warning " + warning.ToString() + "\n";
  }
  return all;
}

bool Contains(const std::string& text, const std::string& part) {
  INFO(text);
  bool found = text.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

}  // namespace

TEST_CASE("a good rule has no problems") {
  CHECK(All(Lint("hit = 'acme_[0-9a-f]{4}'\nchecks = ['crc32-tail']")) == "");
}

TEST_CASE("too few examples are refused, but not for a part or for gitleaks") {
  Contains(All(Lint("", "examples = ['a']\n")),
           "`examples`: rule \"acme-key\": needs at least 2");
  Contains(All(Lint("", "examples = ['a']\n")), "2 near misses");
  CHECK(All(Lint("report = false", "")) == "");
  CHECK(All(Lint("", "", RuleDialect::kGitleaks)) == "");
}

TEST_CASE("one text cannot be both, nor stand twice") {
  Contains(All(Lint("",
                    "examples = ['a', 'b']\nnegative_examples = ['b', "
                    "'c']\n")),
           "holds one of the examples");
  Contains(All(Lint("",
                    "examples = ['a', 'a']\nnegative_examples = ['b', "
                    "'c']\n")),
           "the same text twice");
}

TEST_CASE("a hit that misses an example or a made-up match is refused") {
  Contains(All(Lint("hit = 'acme_[a-f]'")), "does not hit in example");
  Contains(All(Lint("hit = 'acme_[0-9a-e]{4}'",
                    "examples = ['acme_0123456789abcdef', "
                    "'acme_0123456789abcdee']\nnegative_examples = ['x', "
                    "'y']\n")),
           "which `regex` matches");
}

TEST_CASE("a mistake is told of where its field stands") {
  Contains(All(Lint("checks = ['nope']")), "rules/acme.toml:5:10");
  Contains(All(Lint("hit = 'acme_[a-f]'")), "rules/acme.toml:5:7");
  Contains(All(Lint("", "examples = ['a', 'a']\nnegative_examples = ['a']\n")),
           "rules/acme.toml:7:21");
  // A field that is not there: where its rule begins.
  Contains(All(Lint("", "")), "rules/acme.toml:1:1");
}

TEST_CASE("a file of no rules is refused, one of allowlists is not") {
  const auto lint = [](const std::string& text) {
    return All(LintRuleFile(
        ParseRuleFile(text, "a.toml", RuleDialect::kKeysift), nullptr));
  };
  Contains(lint(""), "no rules at all; write [[rules]]");
  Contains(lint("title = 'x'"), "a.toml:1:1");
  CHECK(lint("[[allowlists]]\npaths = ['x']") == "");
  CHECK(lint("[extend]\nuseDefault = true") == "");
}

TEST_CASE("a check that is not there is refused") {
  Contains(All(Lint("checks = ['crc32-tali']")), "no check \"crc32-tali\"");
}

}  // namespace keysift
