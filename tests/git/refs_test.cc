// SPDX-License-Identifier: Apache-2.0
#include "git/refs.h"

#include <doctest/doctest.h>

#include "support/git_fixture.h"

namespace keysift {
namespace {

RefList Read(const std::string& path) {
  Result<Repository> repository = Repository::OpenExact(path);
  REQUIRE(repository);
  return RefList::Read(*repository);
}

// As git for-each-ref shows refs/.
std::string Show(const RefList& list) {
  std::string shown;
  for (const Ref& ref : list.refs()) {
    if (ref.name.starts_with("refs/")) {
      shown += ref.id.ToHex() + " " + ref.name + " " + ref.target + "\n";
    }
  }
  return shown;
}

std::string HexOf(const RefList& list, std::string_view name) {
  const Ref* ref = list.Find(name);
  return ref == nullptr ? "none" : ref->id.ToHex();
}

}  // namespace

TEST_CASE("loose and packed refs are what git for-each-ref shows") {
  GitFixture fixture;
  fixture.Commit("one");
  fixture.Git({"tag", "-a", "-m", "tagged", "v1"});
  fixture.Git({"branch", "a/b/c"});
  fixture.Git({"notes", "add", "-m", "note", "HEAD"});
  fixture.Git({"pack-refs", "--all"});
  fixture.Commit("two");  // main is loose and newer than the packed one
  fixture.Git({"branch", "loose"});
  fixture.Git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/loose"});
  fixture.Write("work", "x");
  fixture.Git({"add", "-A"});
  fixture.Git({"stash", "-q"});
  fixture.folder().Write("repository/.git/refs/heads/x.lock", "");
  RefList list = Read(fixture.path());
  CHECK(list.problems().empty());
  CHECK(Show(list) ==
        fixture.Git(
            {"for-each-ref", "--format=%(objectname) %(refname) %(symref)"}));
  REQUIRE(list.Find("refs/tags/v1"));
  CHECK(list.Find("refs/tags/v1")->peeled->ToHex() ==
        fixture.GitLine({"rev-parse", "v1^{commit}"}));
  REQUIRE(list.Head());
  CHECK(list.Head()->target == "refs/heads/main");
  CHECK(list.Head()->id.ToHex() == fixture.GitLine({"rev-parse", "HEAD"}));
  CHECK(list.FindShort("v1")->name == "refs/tags/v1");
  CHECK(list.FindShort("origin")->name == "refs/remotes/origin/HEAD");
  CHECK(list.FindShort("nothing") == nullptr);
}

TEST_CASE("an unborn branch is a dangling HEAD and no problem") {
  GitFixture fixture;
  RefList list = Read(fixture.path());
  CHECK(list.problems().empty());
  REQUIRE(list.Head());
  CHECK(list.Head()->is_dangling());
  CHECK(list.Head()->target == "refs/heads/main");
}

TEST_CASE("pseudo-refs are read, several ids in one file too") {
  GitFixture fixture;
  std::string one = fixture.Commit("one");
  std::string two = fixture.Commit("two");
  fixture.folder().Write("repository/.git/MERGE_HEAD", one + "\n" + two + "\n");
  fixture.folder().Write("repository/.git/FETCH_HEAD",
                         one + "\tnot-for-merge\tbranch 'x' of y\n");
  fixture.folder().Write("repository/.git/ORIG_HEAD", two + "\n");
  fixture.folder().Write("repository/.git/rebase-merge/autostash", one + "\n");
  fixture.folder().Write("repository/.git/COMMIT_EDITMSG", "a message");
  RefList list = Read(fixture.path());
  CHECK(list.problems().empty());
  std::string shown;
  for (const Ref& ref : list.refs()) {
    if (ref.is_pseudo) {
      shown += ref.name + (ref.id.ToHex() == one ? " one " : " two ");
    }
  }
  CHECK(shown ==
        "FETCH_HEAD one MERGE_HEAD one MERGE_HEAD two ORIG_HEAD two "
        "rebase-merge/autostash one ");
  CHECK_FALSE(list.Head()->is_pseudo);
}

TEST_CASE("linked work trees have a HEAD and refs of their own") {
  GitFixture fixture;
  std::string one = fixture.Commit("one");
  std::string linked = fixture.folder().path() + "/linked";
  fixture.Git({"worktree", "add", "-q", "-b", "other", linked});
  fixture.GitIn(linked, {"commit", "-q", "--allow-empty", "-m", "two"});
  fixture.GitIn(linked, {"update-ref", "refs/bisect/bad", "HEAD"});
  std::string two = fixture.GitLine({"rev-parse", "other"});
  RefList main = Read(fixture.path());
  CHECK(main.problems().empty());
  CHECK(HexOf(main, "HEAD") == one);
  CHECK(HexOf(main, "worktrees/linked/HEAD") == two);
  CHECK(HexOf(main, "worktrees/linked/refs/bisect/bad") == two);
  RefList other = Read(linked);
  CHECK(HexOf(other, "HEAD") == two);
  CHECK(HexOf(other, "refs/bisect/bad") == two);
  CHECK(HexOf(other, "main-worktree/HEAD") == one);
  CHECK(HexOf(other, "refs/heads/main") == one);
}

TEST_CASE("broken refs are problems and the others are there") {
  GitFixture fixture;
  std::string one = fixture.Commit("one");
  fixture.folder().Write("repository/.git/refs/heads/empty", "");
  fixture.folder().Write("repository/.git/refs/heads/text", "no id\n");
  fixture.folder().Write("repository/.git/refs/heads/long", one + "0\n");
  fixture.folder().Write("repository/.git/packed-refs",
                         "# pack-refs with: peeled\n" + one +
                             " refs/heads/packed\nnonsense\n^" + one + "\n" +
                             one + "\n" + one + " refs/heads/text\n");
  RefList list = Read(fixture.path());
  CHECK(list.problems().size() == 6);
  CHECK(HexOf(list, "refs/heads/main") == one);
  CHECK(HexOf(list, "refs/heads/packed") == one);
}

TEST_CASE("symbolic refs that go round end in a problem") {
  GitFixture fixture;
  fixture.Commit("one");
  fixture.folder().Write("repository/.git/refs/heads/a", "ref: refs/heads/b\n");
  fixture.folder().Write("repository/.git/refs/heads/b", "ref: refs/heads/a\n");
  fixture.folder().Write("repository/.git/HEAD", "ref: refs/heads/a\n");
  RefList list = Read(fixture.path());
  CHECK(list.problems().size() == 3);
}

}  // namespace keysift
