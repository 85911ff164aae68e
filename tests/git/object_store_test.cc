// SPDX-License-Identifier: Apache-2.0
#include "git/object_store.h"

#include <doctest/doctest.h>

#include "support/pack_builder.h"
#include "support/stored_objects.h"

namespace keysift {
namespace {

// Every number's id is found again, at the lowest number that has it.
void CheckNumbers(const ObjectStore& store) {
  std::map<std::string, uint32_t> lowest;
  for (uint32_t number = 0; number < store.count(); ++number) {
    lowest.emplace(store.id(number).ToHex(), number);
  }
  for (const auto& [hex, number] : lowest) {
    CHECK(store.Find(*ObjectId::FromHex(hex)) == number);
    CHECK(store.HasHexId(hex));
  }
  for (const ObjectStore::Pack& pack : store.packs()) {
    for (uint32_t entry = 0; entry < pack.file.count(); ++entry) {
      const uint32_t number = pack.NumberOf(entry);
      CHECK(&store.pack_of(number) == &pack);
      CHECK(pack.EntryOf(number) == entry);
      CHECK(store.id(number) == pack.file.id(entry));
      CHECK(store.type(number) == pack.file.entries()[entry].type);
    }
  }
}

}  // namespace

TEST_CASE("all objects of packs and files have numbers, and no others do") {
  GitFixture fixture;
  WriteHistory(fixture, 10);
  fixture.Git({"repack", "-q", "-d"});
  fixture.Write("second", "pack");
  fixture.Commit("second");
  fixture.Git({"repack", "-q", "-d"});
  fixture.Write("loose", "file");
  fixture.Commit("loose");
  std::vector<PackProblem> problems;
  const ObjectStore store = OpenStore(fixture, &problems);
  CHECK(problems.empty());
  CHECK(store.packs().size() == 2);
  CHECK(store.loose().size() == 3);
  CHECK(store.count() == ObjectsByGit(fixture).size());
  CheckNumbers(store);
  CHECK(!store.Find(ObjectId()));
  CHECK(!store.HasHexId(std::string(40, '1')));
  CHECK(!store.HasHexId("HEAD"));
  CHECK(store.type(store.first_loose()) == ObjectType::kNone);
}

TEST_CASE("an object that is there twice has two numbers") {
  GitFixture fixture;
  WriteHistory(fixture, 5);
  fixture.Git({"repack", "-q", "-a"});  // the loose ones stay
  std::vector<PackProblem> problems;
  const ObjectStore store = OpenStore(fixture, &problems);
  CHECK(store.count() == 2 * ObjectsByGit(fixture).size());
  CheckNumbers(store);
}

TEST_CASE("one thread and four load packs in the same order") {
  GitFixture fixture;
  for (int i = 0; i < 6; ++i) {
    fixture.Write("file", std::to_string(i));
    fixture.Commit("c");
    fixture.Git({"repack", "-q", "-d"});
  }
  std::vector<PackProblem> problems;
  const std::string objects = fixture.git_dir() + "/objects";
  const ObjectStore one = OpenStore(objects, &problems, 1);
  const ObjectStore four = OpenStore(objects, &problems, 4);
  REQUIRE(one.packs().size() == 6);
  REQUIRE(one.count() == four.count());
  for (uint32_t number = 0; number < one.count(); ++number) {
    CHECK(one.id(number) == four.id(number));
  }
}

TEST_CASE("a pack that does not open is a problem, the rest is there") {
  GitFixture fixture;
  WriteHistory(fixture, 3);
  fixture.Git({"repack", "-q", "-a", "-d"});
  const StoredObjects sound = ObjectsByGit(fixture);
  const std::string folder = fixture.git_dir() + "/objects/pack";
  PackBuilder builder;
  builder.AddBlob("lost");
  const std::string path = builder.Write(folder, "pack-cut");
  WriteWhole(path, builder.Pack().substr(0, 20));
  std::vector<PackProblem> problems;
  const ObjectStore store = OpenStore(fixture, &problems);
  REQUIRE(!problems.empty());
  for (const PackProblem& problem : problems) {
    CHECK(problem.error.where.find("pack-cut") != std::string::npos);
  }
  for (const auto& [hex, object] : sound) {
    CHECK(store.HasHexId(hex));
  }
  CheckNumbers(store);
}

TEST_CASE("a pack whose index is damaged is a problem, or read without it") {
  GitFixture fixture;
  const std::string folder = fixture.git_dir() + "/objects/pack";
  PackBuilder builder;
  builder.AddBlob("found");
  builder.Write(folder, "pack-index");
  WriteWhole(folder + "/pack-index.idx", "no index");
  std::vector<PackProblem> problems;
  const ObjectStore store = OpenStore(fixture, &problems);
  CHECK(!problems.empty());
  CheckNumbers(store);
}

TEST_CASE("a repository without objects has an empty store") {
  GitFixture fixture;
  std::vector<PackProblem> problems;
  const ObjectStore store = OpenStore(fixture, &problems);
  CHECK(problems.empty());
  CHECK(store.count() == 0);
  CHECK(!store.HasHexId(std::string(40, '0')));
}

TEST_CASE("look-ahead changes nothing, whatever the id") {
  GitFixture fixture;
  WriteHistory(fixture, 3);
  std::vector<PackProblem> problems;
  const ObjectStore store = OpenStore(fixture, &problems);
  for (uint32_t i = 0; i < 2000; ++i) {
    const ObjectId id =
        ObjectId::FromRaw(PackBuilder::IdOf("blob", std::to_string(i)));
    store.PrefetchSlot(id.raw());
    store.PrefetchId(id.raw());
  }
  CheckNumbers(store);
}

}  // namespace keysift
