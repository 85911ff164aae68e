// SPDX-License-Identifier: Apache-2.0
#include "source/commit_walk.h"

#include <doctest/doctest.h>

#include <memory>
#include <set>

#include "git/object_lookup.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

// A history with merges; branches main, side and apart.
class Fixture {
 public:
  Fixture() {
    for (int i = 0; i < 6; ++i) {
      Commit();
    }
    git_.Git({"checkout", "-q", "-b", "side", "HEAD~3"});
    for (int i = 0; i < 4; ++i) {
      Commit();
    }
    git_.Git({"merge", "-q", "-s", "ours", "-m", "m", "main"});
    Commit();
    git_.Git({"checkout", "-q", "--orphan", "apart"});
    Commit();
    repository_ = *Repository::OpenExact(git_.path());
    objects_ = std::make_unique<ObjectLookup>(repository_);
  }

  void Commit() { git_.Commit("commit " + std::to_string(++count_)); }

  ObjectId Id(const std::string& name) const {
    return *ObjectId::FromHex(git_.GitLine({"rev-parse", name}));
  }

  CommitWalk Walk(const std::vector<std::string>& in,
                  const std::vector<std::string>& out,
                  const std::vector<ObjectId>& shallow = {}) const {
    const auto ids = [this](const std::vector<std::string>& names) {
      std::vector<ObjectId> list;
      for (const std::string& name : names) {
        list.push_back(Id(name));
      }
      return list;
    };
    return WalkCommits(
        ids(in), ids(out), shallow,
        [this](const ObjectId& id, Buffer* content) {
          return objects_->Read(id, content);
        },
        [] { return false; });
  }

  // As `git rev-list` answers.
  std::set<std::string> ByGit(std::vector<std::string> words) const {
    words.insert(words.begin(), "rev-list");
    const std::vector<std::string> lines = SplitLines(git_.Git(words));
    return {lines.begin(), lines.end()};
  }

  const GitFixture& git() const { return git_; }

 private:
  GitFixture git_;
  int count_ = 0;
  Repository repository_;
  std::unique_ptr<ObjectLookup> objects_;
};

std::set<std::string> Names(const CommitWalk& walk) {
  std::set<std::string> names;
  for (const WalkedCommit& commit : walk.commits) {
    names.insert(commit.id.ToHex());
  }
  return names;
}

}  // namespace

TEST_CASE("the commits are git's, for all kinds of ends") {
  const Fixture fixture;
  const std::vector<std::string> refs = {"main", "side", "apart", "side~1^2",
                                         "main~4"};
  for (const std::string& in : refs) {
    CHECK(Names(fixture.Walk({in}, {})) == fixture.ByGit({in}));
    for (const std::string& out : refs) {
      CHECK(Names(fixture.Walk({in}, {out})) == fixture.ByGit({in, "^" + out}));
    }
  }
  CHECK(Names(fixture.Walk({"main", "side"}, {"main~2", "apart"})) ==
        fixture.ByGit({"main", "side", "^main~2", "^apart"}));
}

TEST_CASE("parents come before children, and the start is the newest outside") {
  const Fixture fixture;
  const CommitWalk walk = fixture.Walk({"side"}, {"main~1"});
  std::set<ObjectId> seen;
  const std::set<std::string> all = Names(walk);
  for (const WalkedCommit& commit : walk.commits) {
    for (const ObjectId& parent : commit.parents) {
      CHECK((seen.count(parent) > 0 || all.count(parent.ToHex()) == 0));
    }
    seen.insert(commit.id);
  }
  REQUIRE(walk.start);
  CHECK(*walk.start == fixture.Id("main~1"));
  CHECK(!fixture.Walk({"main"}, {}).start);
}

TEST_CASE("what is not to be had is a problem inside of the range only") {
  const Fixture fixture;
  const ObjectId shallow = fixture.Id("main~2");
  const CommitWalk walk = fixture.Walk({"main"}, {}, {shallow});
  CHECK(walk.commits.size() == 3);
  REQUIRE(walk.problems.size() == 1);
  CHECK(walk.problems[0].kind == ErrorKind::kNotFound);
  CHECK(fixture.Walk({"main"}, {"main~1"}, {shallow}).problems.empty());
  const auto none = [](const ObjectId&, Buffer*) -> Result<ObjectType> {
    return Fail(ErrorKind::kNotFound, "nothing");
  };
  const CommitWalk lost = WalkCommits({shallow}, {fixture.Id("side")}, {}, none,
                                      [] { return false; });
  CHECK(lost.commits.empty());
  CHECK(lost.problems.size() == 1);
}

}  // namespace keysift
