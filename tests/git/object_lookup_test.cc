// SPDX-License-Identifier: Apache-2.0
#include "git/object_lookup.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "base/file.h"
#include "git/loose_object.h"
#include "support/stored_objects.h"

namespace keysift {
namespace {

void WriteVersions(const GitFixture& fixture, int count) {
  std::string text;
  for (int i = 0; i < 400; ++i) {
    text += "line " + std::to_string(i) + "\n";
  }
  for (int i = 0; i < count; ++i) {
    fixture.Write("file", text + std::to_string(i) + "\n");
    fixture.Write("dir/" + std::to_string(i), std::to_string(i));
    fixture.Commit("commit " + std::to_string(i));
  }
  fixture.Git({"tag", "-a", "-m", "note", "v1"});
}

Repository Open(const GitFixture& fixture) {
  Result<Repository> repository = Repository::OpenExact(fixture.path());
  REQUIRE(repository);
  return *repository;
}

// Every object is found and is what git says it is.
void CompareWithGit(const GitFixture& fixture) {
  ObjectLookup objects(Open(fixture));
  StoredObjects ours;
  const StoredObjects expected = ObjectsByGit(fixture);
  for (const auto& [hex, object] : expected) {
    Buffer content;
    const ObjectId id = *ObjectId::FromHex(hex);
    CHECK(objects.Has(id));
    const Result<ObjectType> type = objects.Read(id, &content);
    REQUIRE(type);
    ours[hex] = {ObjectTypeName(*type), std::string(content.view())};
  }
  CHECK(ours == expected);
  CHECK(objects.problems().empty());
}

ErrorKind KindOfRead(const GitFixture& fixture, const std::string& hex,
                     uint64_t limit = UINT64_MAX) {
  ObjectLookup objects(Open(fixture), limit);
  Buffer content;
  const Result<ObjectType> read =
      objects.Read(*ObjectId::FromHex(hex), &content);
  REQUIRE(!read);
  return read.error().kind;
}

}  // namespace

TEST_CASE("every object is found, loose or packed, whichever the deltas") {
  GitFixture fixture;
  WriteVersions(fixture, 8);
  SUBCASE("loose") {}
  SUBCASE("deltas by offset") { fixture.Git({"repack", "-adq"}); }
  SUBCASE("deltas by id") {
    fixture.Git({"-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"});
  }
  SUBCASE("some of both") {
    fixture.Git({"repack", "-adq"});
    WriteVersions(GitFixture(), 1);
    fixture.Write("new", "new");
    fixture.Commit("new");
    fixture.Git({"repack", "-dq"});
    fixture.Write("newer", "newer");
    fixture.Commit("newer");
  }
  CompareWithGit(fixture);
}

TEST_CASE("alternates are followed, and those of the environment searched") {
  GitFixture fixture;
  WriteVersions(fixture, 2);
  const std::string clone = fixture.folder().path() + "/clone";
  fixture.Git({"clone", "-q", "--shared", fixture.path(), clone});
  const ObjectId head = *ObjectId::FromHex(fixture.GitLine({"rev-parse", "@"}));
  const Result<Repository> shared = Repository::OpenExact(clone);
  REQUIRE(shared);
  CHECK(ObjectLookup(*shared).Has(head));
  GitEnvironment environment;
  environment.git_dir = fixture.git_dir();
  environment.object_directory = fixture.folder().path();
  Result<Repository> hidden = Repository::FromEnvironment(environment, "");
  REQUIRE(hidden);
  CHECK(!ObjectLookup(*hidden).Has(head));
  environment.alternate_directories = fixture.git_dir() + "/objects";
  hidden = Repository::FromEnvironment(environment, "");
  REQUIRE(hidden);
  CHECK(ObjectLookup(*hidden).Has(head));
}

TEST_CASE("what is absent, too large, damaged or under a wrong name fails") {
  GitFixture fixture;
  fixture.Write("a", "one");
  fixture.Write("b", "two");
  fixture.Commit("c");
  const std::string one = fixture.GitLine({"rev-parse", "HEAD:a"});
  const std::string two = fixture.GitLine({"rev-parse", "HEAD:b"});
  CHECK(KindOfRead(fixture, std::string(40, '7')) == ErrorKind::kNotFound);
  CHECK(KindOfRead(fixture, one, 2) == ErrorKind::kTooLarge);
  const std::string objects = fixture.git_dir() + "/objects";
  WriteWhole(LooseObjectPath(objects, *ObjectId::FromHex(one)),
             ReadWhole(LooseObjectPath(objects, *ObjectId::FromHex(two))));
  CHECK(KindOfRead(fixture, one) == ErrorKind::kDamaged);
  WriteWhole(LooseObjectPath(objects, *ObjectId::FromHex(one)), "junk");
  CHECK(KindOfRead(fixture, one) == ErrorKind::kDamaged);
}

TEST_CASE("every byte of a pack that is changed is noticed") {
  GitFixture fixture;
  WriteVersions(fixture, 3);
  fixture.Git({"repack", "-adq"});
  const std::string folder = fixture.git_dir() + "/objects/pack";
  std::string pack;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".pack") {
      pack = entry.path();
    }
  }
  const StoredObjects expected = ObjectsByGit(fixture);
  const std::string good = ReadWhole(pack);
  for (size_t at = 12; at + 20 < good.size(); at += 7) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    WriteWhole(pack, bad);
    ObjectLookup objects(Open(fixture));
    for (const auto& [hex, object] : expected) {
      Buffer content;
      const Result<ObjectType> type =
          objects.Read(*ObjectId::FromHex(hex), &content);
      CHECK((!type || content.view() == object.content));
    }
  }
}

TEST_CASE("a pack's index that cannot be read is told where it matters") {
  GitFixture fixture;
  fixture.Write("a", "one");
  fixture.Commit("c");
  const std::string one = fixture.GitLine({"rev-parse", "HEAD:a"});
  fixture.Git({"repack", "-adq"});
  fixture.Git({"prune-packed"});
  const std::string folder = fixture.git_dir() + "/objects/pack";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".idx") {
      WriteWhole(entry.path(), "junk");
    }
  }
  CHECK(KindOfRead(fixture, one) == ErrorKind::kDamaged);
}

}  // namespace keysift
