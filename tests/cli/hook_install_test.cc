// SPDX-License-Identifier: Apache-2.0
#include "cli/hook_install.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/write_file.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

unsigned ModeOf(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("a file is written whole, with its mode, and a link replaced") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/a/b/file";
  CHECK(!WriteFile(path, "x", 0644));
  REQUIRE(MakeFolder(folder.path() + "/a/b"));
  REQUIRE(WriteFile(path, "one", 0755));
  CHECK(ModeOf(path) == 0755);
  REQUIRE(WriteFile(path, "two", 0600));
  CHECK(ReadWhole(path) == "two");
  CHECK(ListDirectory(folder.path() + "/a/b")->size() == 1);
}

TEST_CASE("a hook is installed, renewed and taken out") {
  const TemporaryFolder folder;
  const std::string hook = folder.path() + "/hooks/pre-commit";
  const std::string hooks = folder.path() + "/hooks";
  REQUIRE(InstallHook(hooks, "pre-commit", "/opt/it's/keysift"));
  CHECK(ModeOf(hook) == 0755);
  CHECK(ReadWhole(hook).find("keysift='/opt/it'\\''s/keysift'\n") !=
        std::string::npos);
  const Result<std::string> again =
      InstallHook(hooks, "pre-commit", "/opt/keysift");
  REQUIRE(again);
  CHECK(again->starts_with("renewed"));
  REQUIRE(UninstallHook(hooks, "pre-commit"));
  CHECK(TypeOfPath(hook) == FileType::kNone);
}

TEST_CASE("what was there is kept, and nothing kept is ever written over") {
  const TemporaryFolder folder;
  const std::string hook = folder.path() + "/pre-push";
  WriteWhole(hook, "#!/bin/sh\n");
  REQUIRE(InstallHook(folder.path(), "pre-push", "/opt/keysift"));
  CHECK(ReadWhole(hook + ".before-keysift") == "#!/bin/sh\n");
  WriteWhole(hook, "#!/bin/sh\nanother\n");
  CHECK(!InstallHook(folder.path(), "pre-push", "/opt/keysift"));
  CHECK(ReadWhole(hook) == "#!/bin/sh\nanother\n");
  REQUIRE(UninstallHook(folder.path(), "pre-push"));
  CHECK(ReadWhole(hook) == "#!/bin/sh\nanother\n");
}

TEST_CASE("hooks lie where core.hooksPath says") {
  const GitFixture git;
  setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
  const auto folder = [&git] {
    const Result<Repository> repository = Repository::OpenExact(git.path());
    REQUIRE(repository);
    return HooksFolder(*repository, *GitSettings::Read(&*repository));
  };
  CHECK(folder() == git.git_dir() + "/hooks");
  git.Git({"config", "core.hooksPath", "tools"});
  CHECK(folder() == git.path() + "/tools");
  git.Git({"config", "core.hooksPath", "/elsewhere"});
  CHECK(folder() == "/elsewhere");
  unsetenv("GIT_CONFIG_GLOBAL");
}

}  // namespace keysift
