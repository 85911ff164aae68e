// SPDX-License-Identifier: Apache-2.0
#include "scan/own_configuration.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

Finding At(const std::string& rule, std::vector<std::string> paths) {
  Finding finding;
  finding.rule_id = rule;
  for (std::string& path : paths) {
    Location location;
    location.path = std::move(path);
    location.commit = "c0ffee";
    finding.locations.push_back(std::move(location));
  }
  return finding;
}

OwnConfiguration Own(const std::string& text) {
  Result<OwnConfiguration> own =
      OwnConfiguration::Parse(text, ".gitleaks.toml");
  REQUIRE_MESSAGE(own, own.error().ToString());
  return std::move(*own);
}

// Why it is accepted; "" if it is not.
std::string Reason(const OwnConfiguration& own, const Finding& finding) {
  std::string reason;
  return own.Accepts(finding, &reason) ? reason : "";
}

}  // namespace

TEST_CASE("an allowlist must hold at each place of a finding") {
  const OwnConfiguration own =
      Own("[allowlist]\npaths = ['^test/', '[.]lock$']\n");
  CHECK(Reason(own, At("a", {"test/x"})) == "allowlist");
  CHECK(Reason(own, At("a", {"test/x", "go.lock"})) == "allowlist");
  CHECK(Reason(own, At("a", {"test/x", "src/x"})) == "");
}

TEST_CASE("commits, rules and targets are taken as gitleaks takes them") {
  CHECK(Reason(Own("[[allowlists]]\ndescription = 'old'\ncommits = "
                   "['C0FFEE']\n"),
               At("a", {"x"})) == "allowlist \"old\"");
  const OwnConfiguration targeted =
      Own("[[allowlists]]\npaths = ['x']\ntargetRules = ['a']\n");
  CHECK(Reason(targeted, At("a", {"x"})) != "");
  CHECK(Reason(targeted, At("b", {"x"})) == "");
  const OwnConfiguration of_rule =
      Own("[[rules]]\nid = 'a'\n[[rules.allowlists]]\npaths = ['x']\n");
  CHECK(Reason(of_rule, At("a", {"x"})) != "");
  CHECK(Reason(of_rule, At("b", {"x"})) == "");
  const OwnConfiguration disabled =
      Own("[extend]\nuseDefault = true\ndisabledRules = ['a']\n");
  CHECK(Reason(disabled, At("a", {"x"})) == "disabledRules");
  CHECK(Reason(disabled, At("b", {"x"})) == "");
}

TEST_CASE("both halves of an AND must hold, and contents never do") {
  const OwnConfiguration places =
      Own("[[allowlists]]\ncondition = 'AND'\npaths = ['x']\n"
          "commits = ['c0ffee']\n");
  CHECK(Reason(places, At("a", {"x"})) != "");
  CHECK(Reason(places, At("a", {"y"})) == "");
  const OwnConfiguration contents =
      Own("[[allowlists]]\ncondition = 'AND'\npaths = ['x']\n"
          "stopwords = ['s']\n[[allowlists]]\nregexes = ['r']\n");
  CHECK(Reason(contents, At("a", {"x"})) == "");
  REQUIRE(contents.notes().size() == 1);
  CHECK(contents.notes()[0].starts_with("2 allowlists of .gitleaks.toml"));
}

TEST_CASE("a list that takes every path is left out") {
  for (const char* path : {".*", "^", "[^/]+$", "(?i)[a-z]"}) {
    CAPTURE(path);
    const OwnConfiguration own =
        Own(std::string("[allowlist]\npaths = ['") + path + "']\n");
    CHECK(Reason(own, At("a", {"x"})) == "");
    CHECK(own.notes().size() == 1);
  }
}

TEST_CASE("what does not parse is an error") {
  CHECK_FALSE(OwnConfiguration::Parse("[allowlist", ".gitleaks.toml"));
  CHECK_FALSE(OwnConfiguration::Parse("[allowlist]\npaths = ['(?=x)']\n",
                                      ".gitleaks.toml"));
}

}  // namespace keysift
