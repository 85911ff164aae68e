// SPDX-License-Identifier: Apache-2.0
#include "git/reflog.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/git_fixture.h"

namespace keysift {
namespace {

ReflogList Read(const std::string& path) {
  Result<Repository> repository = Repository::OpenExact(path);
  REQUIRE(repository);
  return ReflogList::Read(*repository);
}

bool Holds(const ReflogList& list, std::string_view ref,
           const std::string& hex) {
  for (const Reflog& log : list.logs) {
    if (log.ref == ref) {
      return std::binary_search(log.ids.begin(), log.ids.end(),
                                *ObjectId::FromHex(hex));
    }
  }
  return false;
}

}  // namespace

TEST_CASE("commits that no ref holds any more are in the reflogs") {
  GitFixture fixture;
  std::string one = fixture.Commit("one");
  std::string two = fixture.Commit("two");
  fixture.Git({"reset", "-q", "--hard", one});
  fixture.Write("work", "x");
  fixture.Git({"add", "-A"});
  fixture.Git({"stash", "-q"});
  std::string stash = fixture.GitLine({"rev-parse", "stash"});
  ReflogList list = Read(fixture.path());
  CHECK(list.problems.empty());
  CHECK(Holds(list, "HEAD", two));
  CHECK(Holds(list, "refs/heads/main", two));
  CHECK(Holds(list, "refs/stash", stash));
  for (const Reflog& log : list.logs) {
    CHECK_FALSE(log.ids.front().IsZero());
  }
}

TEST_CASE("the logs of all work trees are there, from either side") {
  GitFixture fixture;
  std::string one = fixture.Commit("one");
  std::string linked = fixture.folder().path() + "/linked";
  fixture.Git({"worktree", "add", "-q", "-b", "other", linked});
  fixture.GitIn(linked, {"commit", "-q", "--allow-empty", "-m", "two"});
  std::string two = fixture.GitLine({"rev-parse", "other"});
  ReflogList main = Read(fixture.path());
  CHECK(Holds(main, "worktrees/linked/HEAD", two));
  CHECK(Holds(main, "refs/heads/other", two));
  ReflogList other = Read(linked);
  CHECK(Holds(other, "HEAD", two));
  CHECK(Holds(other, "main-worktree/HEAD", one));
  CHECK(Holds(other, "refs/heads/main", one));
}

TEST_CASE("a line without two ids is a problem with its number") {
  GitFixture fixture;
  std::string one = fixture.Commit("one");
  std::string path = fixture.git_dir() + "/logs/HEAD";
  WriteWhole(path, "nonsense\n" + ReadWhole(path) + one + " short");
  ReflogList list = Read(fixture.path());
  REQUIRE(list.problems.size() == 2);
  CHECK(list.problems[0].where.ends_with("/logs/HEAD:1"));
  CHECK(list.problems[1].where.ends_with("/logs/HEAD:3"));
  CHECK(Holds(list, "HEAD", one));
}

TEST_CASE("a repository without logs has none") {
  GitFixture fixture;
  ReflogList list = Read(fixture.path());
  CHECK(list.logs.empty());
  CHECK(list.problems.empty());
}

}  // namespace keysift
