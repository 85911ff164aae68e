// SPDX-License-Identifier: Apache-2.0
#include "store/pack_shelf.h"

#include <doctest/doctest.h>

#include "support/temporary_folder.h"

namespace keysift {
namespace {

struct Fixture {
  Fixture() { REQUIRE(CreatePackShelf(database)); }

  void Shelve(const std::string& key, const std::string& engine,
              const std::string& notes, const std::string& path) {
    REQUIRE(ShelvePack(database, {key, engine, notes, {path, "s"}, {}}));
  }
  size_t Files(const std::string& key) {
    const std::optional<FoundNotes> found = *FindNotes(database, key);
    return found ? found->files.size() : 0;
  }

  TemporaryFolder folder;
  Database database =
      *Database::Open(folder.path() + "/shelf.db", Database::Mode::kCreate);
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "notes are found by their key, with their files") {
  CHECK_FALSE(FindNotes(database, "key")->has_value());
  Shelve("key", "e", std::string("no\0tes", 6), "/a");
  REQUIRE(ShelvePack(database, {"key", "e", "", {"/b", "t"}, {}}));
  const std::optional<FoundNotes> found = *FindNotes(database, "key");
  REQUIRE(found);
  CHECK(found->notes == std::string("no\0tes", 6));
  REQUIRE(found->files.size() == 2);
  CHECK(found->files[1].path == "/b");
  Shelve("key", "e", "newer", "/a");
  CHECK((*FindNotes(database, "key"))->notes == "newer");
  CHECK(CreatePackShelf(database));  // leaves what is there
  CHECK(Files("key") == 2);
}

TEST_CASE_FIXTURE(Fixture, "packs that share most of a sketch come first") {
  const auto shelve = [&](const char* key, const char* engine,
                          std::vector<int64_t> sketch) {
    REQUIRE(ShelvePack(database,
                       {key, engine, "notes", {key, "s"}, std::move(sketch)}));
  };
  shelve("none", "e", {7, 8});
  shelve("one", "e", {1, 9, -3});
  shelve("two", "e", {INT64_MIN, 2, 10});
  shelve("other", "o", {1, 2, INT64_MIN});
  const std::vector<int64_t> sketch = {1, 2, INT64_MIN};
  using Keys = std::vector<std::string>;
  CHECK(*FindAlike(database, "e", sketch, 5) == Keys{"two", "one"});
  CHECK(*FindAlike(database, "e", sketch, 1) == Keys{"two"});
  CHECK(FindAlike(database, "e", {}, 5)->empty());
  shelve("two", "e", {INT64_MIN, 2, 10});  // again
  REQUIRE(TidyPackShelf(database, "e", [](const ShelvedFile& file) {
    return file.path == "one";
  }));
  CHECK(*FindAlike(database, "e", sketch, 5) == Keys{"one"});
  CHECK(database.Number("SELECT count(*) FROM pack_sketch") == 3);
}

TEST_CASE_FIXTURE(Fixture, "what no file is left of is forgotten") {
  Shelve("one", "e", "1", "/a");
  Shelve("two", "e", "2", "/b");
  Shelve("old", "other", "3", "/a");
  const auto is_there = [](const ShelvedFile& file) {
    return file.path == "/a";
  };
  REQUIRE(TidyPackShelf(database, "e", is_there));
  CHECK(Files("one") == 1);
  CHECK(Files("two") == 0);
  CHECK(Files("old") == 0);
}

}  // namespace keysift
