// SPDX-License-Identifier: Apache-2.0
#include "git/libgit2.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/git_fixture.h"

namespace keysift {
namespace {

Libgit2Repository Open(const GitFixture& fixture) {
  Result<Repository> repository = Repository::OpenExact(fixture.path());
  REQUIRE(repository);
  Result<Libgit2Repository> opened = Libgit2Repository::Open(*repository);
  REQUIRE(opened);
  return std::move(*opened);
}

std::vector<std::string> WalkHex(const Libgit2Repository& repository,
                                 const std::vector<std::string>& arguments) {
  Result<CommitRange> range = repository.ParseRange(arguments);
  REQUIRE(range);
  Result<std::vector<ObjectId>> commits = repository.Walk(*range);
  REQUIRE(commits);
  std::vector<std::string> hex;
  for (const ObjectId& id : *commits) {
    hex.push_back(id.ToHex());
  }
  std::sort(hex.begin(), hex.end());
  return hex;
}

// main and side, three commits each after a common one, and a merge.
void BuildHistory(const GitFixture& fixture) {
  fixture.Commit("root");
  fixture.Git({"checkout", "-q", "-b", "side"});
  for (const char* name : {"s1", "s2", "s3"}) {
    fixture.Write(name, name);
    fixture.Commit(name);
  }
  fixture.Git({"checkout", "-q", "main"});
  for (const char* name : {"m1", "m2", "m3"}) {
    fixture.Write(name, name);
    fixture.Commit(name);
  }
  fixture.Git({"tag", "-a", "-m", "tagged", "v1"});
}

}  // namespace

TEST_CASE("ranges hold the commits that git rev-list gives") {
  GitFixture fixture;
  BuildHistory(fixture);
  Libgit2Repository repository = Open(fixture);
  const std::vector<std::vector<std::string>> cases = {
      {"main"},
      {"main..side"},
      {"main...side"},
      {"^main", "side"},
      {"side", "--not", "main"},
      {"main~2..main"},
      {"side..v1"},
      {"..side"},
      {"main..main"},
  };
  for (const std::vector<std::string>& arguments : cases) {
    std::vector<std::string> command = {"rev-list"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::vector<std::string> expected = SplitLines(fixture.Git(command));
    std::sort(expected.begin(), expected.end());
    CHECK(WalkHex(repository, arguments) == expected);
  }
}

TEST_CASE("a revision that names nothing, or no commit, is an error") {
  GitFixture fixture;
  fixture.Write("a", "content");
  fixture.Commit("root");
  Libgit2Repository repository = Open(fixture);
  CHECK(repository.ResolveCommit("none").error().kind == ErrorKind::kNotFound);
  CHECK(repository.ResolveCommit("HEAD:a").error().kind == ErrorKind::kUsage);
  CHECK_FALSE(repository.ParseRange({"main..none"}));
}

TEST_CASE("objects are read as git cat-file gives them") {
  GitFixture fixture;
  fixture.Write("a", "some content\n");
  fixture.Commit("root");
  Libgit2Repository repository = Open(fixture);
  std::string id = fixture.GitLine({"rev-parse", "HEAD:a"});
  Result<Libgit2Repository::Object> object =
      repository.ReadObject(*ObjectId::FromHex(id));
  REQUIRE(object);
  CHECK(object->type == ObjectType::kBlob);
  CHECK(object->content == "some content\n");
  CHECK(repository.ReadObject(ObjectId{}).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("libgit2 and our own reader see the same refs") {
  GitFixture fixture;
  BuildHistory(fixture);
  fixture.Git({"pack-refs", "--all"});
  fixture.Git({"branch", "loose"});
  fixture.Git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/side"});
  Result<std::vector<Ref>> theirs = Open(fixture).Refs();
  REQUIRE(theirs);
  Result<Repository> repository = Repository::OpenExact(fixture.path());
  RefList ours = RefList::Read(*repository);
  size_t compared = 0;
  for (const Ref& ref : ours.refs()) {
    if (ref.name.starts_with("refs/")) {
      REQUIRE(compared < theirs->size());
      CHECK((*theirs)[compared].name == ref.name);
      CHECK((*theirs)[compared].id == ref.id);
      CHECK((*theirs)[compared].target == ref.target);
      ++compared;
    }
  }
  CHECK(compared == theirs->size());
}

TEST_CASE("the repository's own configuration is read and no other") {
  GitFixture fixture;
  fixture.Git({"config", "core.excludesFile", "some"});
  Libgit2Repository repository = Open(fixture);
  CHECK(repository.ConfigValue("core.excludesfile") == "some");
  CHECK_FALSE(repository.ConfigValue("user.name"));
}

}  // namespace keysift
