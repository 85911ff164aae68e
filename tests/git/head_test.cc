// SPDX-License-Identifier: Apache-2.0
#include "git/head.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "git/refs.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

namespace fs = std::filesystem;

}  // namespace

TEST_CASE("HEAD alone is read, from loose and from packed refs") {
  GitFixture fixture;
  Result<Repository> repository = Repository::OpenExact(fixture.path());
  REQUIRE(ReadHead(*repository));
  CHECK_FALSE(*ReadHead(*repository));  // unborn
  std::string one = fixture.Commit("one");
  fixture.Git({"branch", "main2"});
  CHECK((*ReadHead(*repository))->ToHex() == one);
  fixture.Git({"pack-refs", "--all"});
  CHECK((*ReadHead(*repository))->ToHex() == one);
  fs::create_directories(fixture.git_dir() + "/refs/heads/main");
  CHECK((*ReadHead(*repository))->ToHex() == one);
  fixture.Git({"checkout", "-q", "--detach"});
  CHECK((*ReadHead(*repository))->ToHex() == one);
  WriteWhole(fixture.git_dir() + "/HEAD", "ref: refs/../../outside\n");
  CHECK(ReadHead(*repository).error().kind == ErrorKind::kDamaged);
}

TEST_CASE("HEAD as a symbolic link is read, as the oldest gits wrote it") {
  GitFixture fixture;
  std::string head = fixture.git_dir() + "/HEAD";
  fs::remove(head);
  REQUIRE(symlink("refs/heads/main", head.c_str()) == 0);
  Result<Repository> repository = Repository::OpenExact(fixture.path());
  REQUIRE(repository);
  CHECK_FALSE(*ReadHead(*repository));
  CHECK(RefList::Read(*repository).Head()->target == "refs/heads/main");
  std::string one = fixture.Commit("one");
  CHECK((*ReadHead(*repository))->ToHex() == one);
}

TEST_CASE("a HEAD that goes round in a circle is damage") {
  GitFixture fixture;
  Result<Repository> repository = Repository::OpenExact(fixture.path());
  fixture.folder().Write("repository/.git/refs/heads/a", "ref: HEAD\n");
  fixture.folder().Write("repository/.git/HEAD", "ref: refs/heads/a\n");
  CHECK(ReadHead(*repository).error().kind == ErrorKind::kDamaged);
}

}  // namespace keysift
