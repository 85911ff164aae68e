// SPDX-License-Identifier: Apache-2.0
#include "git/config_file.h"

#include <doctest/doctest.h>

#include "support/git_fixture.h"

namespace keysift {
namespace {

const char kText[] =
    "\xef\xbb\xbf# comment\n"
    "[core]\n"
    "\tBare = false ; comment\n"
    "  name=  some text with \"  # no comment; \" in it   \n"
    "\tlong = one \\\n  two\n"
    "[Remote \"Origin \\\"x\\\"\"] url = \"a\\tb\\n\\\\\\\"\"\r\n"
    "\tpromisor\n"
    "[old.SubSection] key = 1\n"
    "[core] bare = yes\n"
    "[empty]\n"
    "value =\n"
    "last = end";

}  // namespace

TEST_CASE("a file is read as git config reads it") {
  TemporaryFolder folder;
  std::string path = folder.Write("config", kText);
  GitFixture fixture;
  Result<ConfigFile> config = ConfigFile::Read(path);
  REQUIRE(config);
  std::string shown;
  for (const ConfigEntry& entry : config->entries()) {
    shown += entry.key + (entry.has_value ? "\n" + entry.value : "") + '\0';
  }
  CHECK(shown == fixture.Git({"config", "-f", path, "--list", "-z"}));
}

TEST_CASE("the last value of a key counts") {
  Result<ConfigFile> config = ConfigFile::Parse(kText);
  REQUIRE(config);
  CHECK(config->Get("core.bare") == "yes");
  CHECK(config->GetBool("core.bare") == true);
  CHECK(config->GetBool("remote.Origin \"x\".promisor") == true);
  CHECK(config->GetBool("empty.value") == false);
  CHECK_FALSE(config->GetBool("core.long"));
  CHECK_FALSE(config->Get("core.none"));
  CHECK_FALSE(config->has_includes());
}

TEST_CASE("includes are told, not read") {
  CHECK(ConfigFile::Parse("[include]\npath = x\n")->has_includes());
  CHECK(ConfigFile::Parse("[includeIf \"gitdir:/\"]\npath = x\n")
            ->has_includes());
}

TEST_CASE("what git refuses is damage, with its line") {
  for (const char* text :
       {"[core", "[core]\na = \"x\n", "[core]\na = \\q\n", "a = 1\n", "[]\n",
        "[core \"x]\n", "[core]\n=1\n", "[core]\na b\n", "[core]\n_a = 1\n",
        "[core \"x\\", "[core]\na = \\"}) {
    CAPTURE(text);
    Result<ConfigFile> config = ConfigFile::Parse(text, "config");
    REQUIRE_FALSE(config);
    CHECK(config.error().kind == ErrorKind::kDamaged);
    CHECK(config.error().where.starts_with("config:"));
  }
  std::string with_nul("[core]\na = b\0c\n", 15);
  CHECK_FALSE(ConfigFile::Parse(with_nul));
}

TEST_CASE("booleans are git's") {
  CHECK(ParseConfigBool("TRUE") == true);
  CHECK(ParseConfigBool("on") == true);
  CHECK(ParseConfigBool("7") == true);
  CHECK(ParseConfigBool("no") == false);
  CHECK(ParseConfigBool("0") == false);
  CHECK_FALSE(ParseConfigBool("maybe"));
}

}  // namespace keysift
