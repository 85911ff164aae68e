// SPDX-License-Identifier: Apache-2.0
#include "git/tag.h"

#include <doctest/doctest.h>

#include "support/git_fixture.h"

namespace keysift {
namespace {

const std::string kHex(40, 'a');

}  // namespace

TEST_CASE("an annotated tag is read as git wrote it") {
  GitFixture fixture;
  std::string commit = fixture.Commit("root");
  fixture.Git({"tag", "-a", "-m", "first line\n\nmore", "v1.0"});
  std::string bytes = fixture.Git({"cat-file", "tag", "v1.0"});
  Result<Tag> tag = Tag::Parse(bytes);
  REQUIRE(tag);
  CHECK(tag->target.ToHex() == commit);
  CHECK(tag->target_type == ObjectType::kCommit);
  CHECK(tag->name == "v1.0");
  CHECK(tag->tagger.email == "author@example.com");
  CHECK(tag->message == "first line\n\nmore\n");
  CHECK(tag->Summary() == "first line");
}

TEST_CASE("a tag without tagger is read, one without target is damage") {
  CHECK(Tag::Parse("object " + kHex + "\ntype blob\ntag x\n\nm"));
  CHECK_FALSE(Tag::Parse(""));
  CHECK_FALSE(Tag::Parse("object " + kHex + "\ntag x\n\nm"));
  CHECK_FALSE(Tag::Parse("object " + kHex + "\ntype thing\ntag x\n\nm"));
  CHECK_FALSE(Tag::Parse("object x\ntype blob\ntag x\n\nm"));
}

}  // namespace keysift
