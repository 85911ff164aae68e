// SPDX-License-Identifier: Apache-2.0
#include "git/commit.h"

#include <doctest/doctest.h>

#include "base/time.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

const std::string kHex(40, 'a');

}  // namespace

TEST_CASE("a merge commit is read as git shows it") {
  GitFixture fixture;
  fixture.Commit("root");
  fixture.Git({"checkout", "-q", "-b", "side"});
  fixture.Commit("side");
  fixture.Git({"checkout", "-q", "main"});
  fixture.Commit("main");
  fixture.Git({"merge", "-q", "--no-ff", "-m", "merged\n\nbody\n", "side"});
  std::string bytes = fixture.Git({"cat-file", "commit", "HEAD"});
  Result<Commit> commit = Commit::Parse(bytes);
  REQUIRE(commit);
  CHECK(commit->tree.ToHex() == fixture.GitLine({"rev-parse", "HEAD^{tree}"}));
  REQUIRE(commit->parents.size() == 2);
  CHECK(commit->parents[1].ToHex() == fixture.GitLine({"rev-parse", "side"}));
  CHECK(commit->author.name == "A U Thor");
  CHECK(FormatRfc3339Utc(commit->author.time).starts_with("2024-01-01T00:"));
  CHECK(commit->Summary() == "merged");
  CHECK(commit->message == "merged\n\nbody\n");
  CHECK(bytes.substr(commit->message_offset) == commit->message);
}

TEST_CASE("encoding and signatures are told from the message") {
  std::string bytes = "tree " + kHex +
                      "\nauthor A <a> 1 +0000\ncommitter B <b> 2 +0000\n"
                      "gpgsig begin\n \n parent x\nencoding latin1\n\n\ntext";
  Result<Commit> commit = Commit::Parse(bytes);
  REQUIRE(commit);
  CHECK(commit->encoding == "latin1");
  CHECK(commit->committer.time == 2);
  CHECK(commit->parents.empty());
  CHECK(commit->message == "\ntext");
  CHECK(commit->Summary() == "text");
}

TEST_CASE("a commit without tree, or with a parent that is no id, is damage") {
  CHECK_FALSE(Commit::Parse(""));
  CHECK_FALSE(Commit::Parse("author A <a> 1 +0000\n"));
  CHECK_FALSE(Commit::Parse("tree " + kHex.substr(1) + "\n\n"));
  CHECK_FALSE(Commit::Parse("tree " + kHex + "\nparent " + kHex + "0\n\n"));
}

TEST_CASE("a commit without author or message still names its objects") {
  Result<Commit> commit =
      Commit::Parse("tree " + kHex + "\nparent " + kHex + "\n");
  REQUIRE(commit);
  CHECK(commit->parents.size() == 1);
  CHECK(commit->author.raw.empty());
  CHECK(commit->message.empty());
}

}  // namespace keysift
