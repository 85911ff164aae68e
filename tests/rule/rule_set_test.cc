// SPDX-License-Identifier: Apache-2.0
#include "rule/rule_set.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

namespace keysift {
namespace {

std::string RuleText(const std::string& id, const std::string& more = "") {
  return "[[rules]]\nid = '" + id +
         "'\ndescription = 'd'\nregex = 'acme_([0-9a-f]{16})'\n" + more + "\n";
}

RuleSet Defaults() {
  Result<LoadedRules> loaded =
      AddRules(RuleSet(),
               {{"a.toml", RuleText("default-one", "tags = ['x']\n")},
                {"b.toml", RuleText("default-two")}},
               RuleDialect::kKeysift);
  REQUIRE(loaded);
  return loaded->rules;
}

// Files that `[extend] path` can reach.
Result<LoadedRules> Load(const std::string& text,
                         const std::map<std::string, std::string>& files = {}) {
  return LoadConfiguration(
      {"conf/.gitleaks.toml", text}, RuleDialect::kGitleaks, Defaults(),
      [&files](const std::string& path) -> Result<std::string> {
        std::map<std::string, std::string>::const_iterator found =
            files.find(path);
        if (found == files.end()) {
          return Fail(ErrorKind::kNotFound, "no such file", path);
        }
        return found->second;
      });
}

std::string RefusalOf(const Result<LoadedRules>& loaded) {
  return loaded ? "accepted" : loaded.error().ToString();
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a configuration replaces the defaults unless it extends them") {
  Result<LoadedRules> alone = Load(RuleText("own"));
  REQUIRE(alone);
  CHECK(alone->rules.rules.size() == 1);
  Result<LoadedRules> both =
      Load("[extend]\nuseDefault = true\n" + RuleText("own"));
  REQUIRE(both);
  CHECK(both->rules.rules.size() == 3);
  CHECK(both->rules.hash != alone->rules.hash);
}

TEST_CASE("no rules left is an error, never a silent clean") {
  CHECK(Contains(RefusalOf(Load("[allowlist]\npaths = ['x']\n")),
                 "no rules are left"));
  CHECK(Contains(RefusalOf(Load("")), "useDefault = true"));
  CHECK(Contains(RefusalOf(Load("[extend]\nuseDefault = true\ndisabledRules = "
                                "['default-one', 'default-two']\n")),
                 "no rules are left"));
  CHECK(Contains(RefusalOf(Load("")), "conf/.gitleaks.toml"));
}

TEST_CASE("a rule of the same id overrides what it writes and adds the rest") {
  Result<LoadedRules> loaded = Load(
      "[extend]\nuseDefault = true\n[[rules]]\nid = 'default-one'\n"
      "entropy = 4\ntags = ['y']\n[[rules.allowlists]]\nstopwords = ['s']\n");
  REQUIRE(loaded);
  REQUIRE(loaded->rules.rules.size() == 2);
  const Rule& rule = loaded->rules.rules[0];
  CHECK(rule.regex == "acme_([0-9a-f]{16})");
  CHECK(rule.description == "d");
  CHECK(rule.entropy == 4);
  CHECK(rule.tags == std::vector<std::string>{"x", "y"});
  CHECK(rule.allowlists.size() == 1);
  CHECK(rule.hits.size() == 1);
}

TEST_CASE("an overriding rule cannot point beyond the groups it inherits") {
  CHECK(Contains(RefusalOf(Load("[extend]\nuseDefault = true\n[[rules]]\n"
                                "id = 'default-one'\nsecretGroup = 2\n")),
                 "1 group(s)"));
}

TEST_CASE("a rule with neither regex nor path that extends none is refused") {
  CHECK(Contains(RefusalOf(Load("[[rules]]\nid = 'x'\n")),
                 "neither regex nor path"));
}

TEST_CASE("a rule of a path alone stays and is told of") {
  Result<LoadedRules> loaded = Load("[[rules]]\nid = 'x'\npath = 'y'\n");
  REQUIRE(loaded);
  REQUIRE(loaded->warnings.size() == 1);
  CHECK(Contains(loaded->warnings[0].message, "not run"));
}

TEST_CASE("files are extended from beside the configuration, two levels deep") {
  std::map<std::string, std::string> files = {
      {"conf/base.toml", "[extend]\npath = 'root.toml'\n" + RuleText("base")},
      {"conf/root.toml", RuleText("root")},
      {"elsewhere.toml", RuleText("elsewhere")},
      {"conf/deep.toml", "[extend]\npath = 'base.toml'\n" + RuleText("deep")},
  };
  Result<LoadedRules> loaded =
      Load("[extend]\npath = 'base.toml'\n" + RuleText("own"), files);
  REQUIRE(loaded);
  CHECK(loaded->rules.Find("root") == 0);
  CHECK(loaded->rules.Find("own") == 2);
  CHECK(Load("[extend]\npath = 'elsewhere.toml'\n", files));
  CHECK(Contains(RefusalOf(Load("[extend]\npath = 'deep.toml'\n", files)),
                 "two levels"));
  CHECK(Contains(RefusalOf(Load("[extend]\npath = 'none.toml'\n", files)),
                 "cannot extend"));
}

TEST_CASE("names of rules that are not there are told of") {
  std::string names = RuleText("a", "[[rules.required]]\nid = 'nope'\n") +
                      "[[allowlists]]\npaths = ['p']\ntargetRules = ['gone']\n";
  Result<LoadedRules> ours =
      AddRules(RuleSet(), {{"a.toml", names}}, RuleDialect::kKeysift);
  CHECK(
      Contains(RefusalOf(ours),
               "no rule \"nope\"; `keysift rules list` shows all (and 1 more"));
  Result<LoadedRules> theirs =
      Load("[extend]\nuseDefault = true\ndisabledRules = ['old']\n" + names);
  REQUIRE(theirs);
  CHECK(theirs->warnings.size() == 3);
  // All of them, where they stand.
  std::vector<Error> all;
  CHECK_FALSE(MergeRuleFiles(
      RuleSet(), {ParseRuleFile(names, "a.toml", RuleDialect::kKeysift)},
      &all));
  REQUIRE(all.size() == 2);
  CHECK(Contains(all[0].ToString(), "a.toml:6:6"));
  CHECK(Contains(all[1].ToString(), "a.toml:10:15"));
}

TEST_CASE("two files cannot write the same rule") {
  Result<LoadedRules> loaded = AddRules(
      Defaults(), {{"x.toml", RuleText("new")}, {"y.toml", RuleText("new")}},
      RuleDialect::kKeysift);
  CHECK(Contains(RefusalOf(loaded), "y.toml:1:1"));
  CHECK(Contains(RefusalOf(loaded), "first at x.toml:1"));
}

}  // namespace keysift
