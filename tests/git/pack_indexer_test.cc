// SPDX-License-Identifier: Apache-2.0
#include "git/pack_indexer.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "base/file.h"
#include "git/object_directory.h"
#include "git/object_store.h"
#include "git/pack_file.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

// Versions of two files, so that there are deltas, and of each type an object.
void FillRepository(const GitFixture& git, int versions = 6) {
  for (int i = 0; i < versions; ++i) {
    std::string text;
    for (int line = 0; line < 40; ++line) {
      text += "line " + std::to_string(line * (line == i ? 7 : 1)) + "\n";
    }
    git.Write("a.txt", text);
    git.Write("folder/b.txt", text + "of version " + std::to_string(i) + "\n");
    git.Commit("version " + std::to_string(i));
  }
  git.Git({"tag", "-a", "-m", "a tag", "v1"});
}

PackFiles OnlyPack(const GitFixture& git) {
  std::vector<Error> problems;
  Result<ObjectDirectory> directory =
      ObjectDirectory::List(git.git_dir() + "/objects", true, &problems);
  REQUIRE(directory);
  REQUIRE(directory->packs.size() == 1);
  return directory->packs[0];
}

std::set<std::string> IdsOf(const PackIndex& index) {
  std::set<std::string> ids;
  for (uint32_t row = 0; row < index.count(); ++row) {
    ids.insert(index.object_id(row).ToHex());
  }
  return ids;
}

std::set<std::string> IdsIn(const std::string& pack,
                            std::vector<PackProblem>* problems) {
  Result<IndexedPack> indexed = IndexPack("a.pack", pack, problems);
  return indexed ? IdsOf(indexed->index) : std::set<std::string>();
}

void CheckSameAsGit(const GitFixture& git) {
  const PackFiles files = OnlyPack(git);
  Result<PackIndex> expected = PackIndex::Open(files.index);
  REQUIRE(expected);
  std::vector<PackProblem> problems;
  Result<IndexedPack> indexed =
      IndexPack(files.pack, ReadWhole(files.pack), &problems);
  REQUIRE(indexed);
  CHECK(problems.empty());
  REQUIRE(indexed->index.count() == expected->count());
  CHECK(indexed->index.Validate());
  for (uint32_t row = 0; row < expected->count(); ++row) {
    CHECK(indexed->index.id(row) == expected->id(row));
    CHECK(indexed->index.offset(row) == expected->offset(row));
    CHECK(indexed->index.crc32(row) == expected->crc32(row));
  }
}

}  // namespace

TEST_CASE("a pack is indexed as git does it") {
  GitFixture git;
  FillRepository(git);
  git.Git({"repack", "-adfq"});
  CheckSameAsGit(git);
}

TEST_CASE("deltas that name their base by id are resolved") {
  GitFixture git;
  FillRepository(git);
  git.Git({"-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"});
  CheckSameAsGit(git);
}

TEST_CASE("a cut pack still has what lies before the cut") {
  GitFixture git;
  FillRepository(git, 3);
  git.Git({"repack", "-adfq"});
  const PackFiles files = OnlyPack(git);
  const std::string pack = ReadWhole(files.pack);
  std::vector<PackProblem> none;
  Result<PackFile> whole =
      PackFile::Open(files.pack, *PackIndex::Open(files.index), &none);
  REQUIRE(whole);
  for (size_t size = 0; size < pack.size(); ++size) {
    std::vector<PackProblem> problems;
    const std::set<std::string> ids = IdsIn(pack.substr(0, size), &problems);
    for (uint32_t i = 0; i < whole->count(); ++i) {
      const PackEntry& entry = whole->entries()[i];
      const bool stored_whole = entry.base == PackEntry::kNoBase;
      const uint64_t end =
          entry.offset + entry.header_size + whole->Packed(i).size();
      if (stored_whole && end <= size) {
        CHECK(ids.count(whole->id(i).ToHex()) == 1);
      }
    }
    CHECK((ids.size() == whole->count() || !problems.empty() || size < 12));
  }
}

TEST_CASE("one wrong byte loses one object and what is built on it") {
  GitFixture git;
  FillRepository(git, 3);
  git.Git({"repack", "-adfq", "--depth=0"});  // no deltas
  const PackFiles files = OnlyPack(git);
  const std::string pack = ReadWhole(files.pack);
  const std::set<std::string> all = IdsOf(*PackIndex::Open(files.index));
  for (size_t at = 0; at < pack.size(); ++at) {
    std::string damaged = pack;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    std::vector<PackProblem> problems;
    const std::set<std::string> ids = IdsIn(damaged, &problems);
    size_t kept = 0;
    for (const std::string& id : all) {
      kept += ids.count(id);
    }
    CHECK(kept + 1 >= all.size());
    CHECK((kept == all.size() || !problems.empty() || ids.size() > kept));
  }
}

TEST_CASE("a store reads a pack whose index is gone or wrong") {
  GitFixture git;
  FillRepository(git);
  git.Git({"repack", "-adfq"});
  const PackFiles files = OnlyPack(git);
  const std::set<std::string> all = IdsOf(*PackIndex::Open(files.index));
  std::string index = ReadWhole(files.index);
  SUBCASE("a wrong byte") {
    index[1100] = static_cast<char>(index[1100] ^ 1);
    WriteWhole(files.index, index);
  }
  SUBCASE("cut off") { WriteWhole(files.index, index.substr(0, 900)); }
  SUBCASE("empty") { WriteWhole(files.index, ""); }
  std::vector<PackProblem> problems;
  const ObjectStore store = ObjectStore::Open({files.pack}, {}, 1, &problems);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].error.kind == ErrorKind::kDamaged);
  CHECK(problems[0].error.where == files.index);
  CHECK(store.count() == all.size());
  for (const std::string& id : all) {
    CHECK(store.Find(*ObjectId::FromHex(id)));
  }
}

}  // namespace keysift
