// SPDX-License-Identifier: Apache-2.0
#include "rule/toml_text.h"

#include <doctest/doctest.h>

#include "rule/rule_file.h"

namespace keysift {
namespace {

bool IsFine(std::string_view text) {
  return CheckTomlText(text, "a.toml").has_value();
}

}  // namespace

TEST_CASE("strings and comments may hold any character") {
  CHECK(IsFine(""));
  CHECK(IsFine("\xef\xbb\xbfid = 1\n"));
  CHECK(IsFine("# f\xc3\xbcr\na = \"\xc3\xbc\" # \xce\xb1\n"));
  CHECK(IsFine("a = '\xc3\xbc\\' # \xc3\xbc"));
  CHECK(IsFine("a = \"\"\"\xc3\xbc\n\"\xc3\xbc\"\" \\\" \xc3\xbc\"\"\"\"\"\n"));
  CHECK(IsFine("a = '''\n\xc3\xbc'\xc3\xbc'' \xc3\xbc'''''\n"));
  CHECK(IsFine("\"k\xc3\xbcy\" = 1\n"));
  CHECK(IsFine("a = \"\"\"x \\\n   y \xc3\xbc\"\"\"\n"));
  CHECK(IsFine("a = \"\" # \xc3\xbc\nb = '' # \xc3\xbc"));
}

TEST_CASE("elsewhere a character beyond ASCII is refused") {
  CHECK_FALSE(IsFine("\xc3\xbc = 1\n"));
  CHECK_FALSE(IsFine("a = 1 \xc2\xa0\n"));
  CHECK_FALSE(IsFine("a = \"x\"\xc3\xbc\n"));
  CHECK_FALSE(IsFine("a = \"\"\"x\"\"\"\"\"\"\n\xc3\xbc\"\n\xc3\xbc"));
  CHECK_FALSE(IsFine("a = \"cut off\n\xc3\xbc\n"));
  CHECK_FALSE(IsFine("a = 'cut off\n\xc3\xbc\n"));
}

TEST_CASE("nor may one stand behind a backslash") {
  CHECK_FALSE(IsFine("a = \"\\\xc3\xbc\"\n"));
  CHECK_FALSE(IsFine("a = \"\"\"\\\xc3\xbc\"\"\"\n"));
  CHECK_FALSE(IsFine("a = \"\"\"x\\\n  \xc3\xbc\"\"\"\n"));
  CHECK(IsFine("a = \"cut off\\"));
}

TEST_CASE("a key that is none is an error, not the end") {
  for (const char* text : {"[[~rules]]\n", "[`rules]\n", "a.~b = 1\n",
                           "a = {~b = 1}", "[a.]\n", "[]\n", "~ = 1\n"}) {
    CHECK(ParseRuleFile(text, "a.toml", RuleDialect::kKeysift)
              .problems.errors.size() == 1);
  }
}

TEST_CASE("a rule file says where it is refused") {
  const RuleFile file = ParseRuleFile("# one\nid \xc3\xbc = 1\n", "a.toml",
                                      RuleDialect::kKeysift);
  REQUIRE(file.problems.errors.size() == 1);
  CHECK(file.problems.errors[0].where == "a.toml:2:4");
  CHECK(file.problems.errors[0].kind == ErrorKind::kUsage);
}

}  // namespace keysift
