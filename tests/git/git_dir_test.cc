// SPDX-License-Identifier: Apache-2.0
#include "git/git_dir.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "support/git_fixture.h"

namespace keysift {

TEST_CASE("HEAD, objects and refs make a git directory, less does not") {
  GitFixture fixture;
  CHECK(IsGitDirectory(fixture.git_dir()));
  CHECK_FALSE(IsGitDirectory(fixture.path()));
  WriteWhole(fixture.git_dir() + "/HEAD", "nonsense");
  CHECK_FALSE(IsGitDirectory(fixture.git_dir()));
  WriteWhole(fixture.git_dir() + "/HEAD", std::string(40, 'a') + "\n");
  CHECK(IsGitDirectory(fixture.git_dir()));
  std::filesystem::remove_all(fixture.git_dir() + "/refs");
  CHECK_FALSE(IsGitDirectory(fixture.git_dir()));
}

TEST_CASE("a folder's git directory is its .git, or itself, or none") {
  GitFixture fixture;
  CHECK(GitDirAt(fixture.path()) == fixture.git_dir());
  CHECK(GitDirAt(fixture.git_dir()) == fixture.git_dir());
  CHECK(GitDirAt(fixture.git_dir() + "/objects") == "");
  std::string file =
      fixture.folder().Write("elsewhere/.git", "gitdir: ../repository/.git\n");
  REQUIRE(FollowGitFile(file));
  CHECK(IsGitDirectory(*FollowGitFile(file)));
}

TEST_CASE("modules are listed with slashes in names and their own modules") {
  GitFixture fixture({"--bare"});
  TemporaryFolder folder;
  for (const char* name : {"a/b", "c", "c/modules/d"}) {
    std::string target = folder.path() + "/" + name;
    std::filesystem::create_directories(target);
    std::filesystem::copy(fixture.path(), target,
                          std::filesystem::copy_options::recursive);
  }
  CHECK(ListModules(folder.path()) ==
        std::vector<std::string>{folder.path() + "/a/b", folder.path() + "/c",
                                 folder.path() + "/c/modules/d"});
  CHECK(ListModules(folder.path() + "/none").empty());
}

TEST_CASE("paths are cut at their last slash") {
  CHECK(ParentOf("/a/b") == "/a");
  CHECK(ParentOf("/a") == "/");
  CHECK(NameOf("/a/b") == "b");
  CHECK(CutLineEnd("x\r\n\n") == "x");
}

}  // namespace keysift
