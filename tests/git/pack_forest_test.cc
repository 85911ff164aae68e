// SPDX-License-Identifier: Apache-2.0
#include "git/pack_forest.h"

#include <doctest/doctest.h>

#include <random>

#include "support/pack_builder.h"
#include "support/stored_objects.h"

namespace keysift {
namespace {

std::string Id(size_t number) {
  return PackBuilder::IdOf("blob", std::to_string(number));
}

// A forest with the pack that it is of.
struct Built {
  TemporaryFolder folder;
  PackFile pack;
  PackForest forest;
  std::vector<PackProblem> problems;

  explicit Built(const PackBuilder& builder) {
    builder.Write(folder.path(), "p");
    Result<PackIndex> read = PackIndex::Open(folder.path() + "/p.idx");
    REQUIRE(read);
    Result<PackFile> opened =
        PackFile::Open(folder.path() + "/p.pack", std::move(*read), &problems);
    REQUIRE(opened);
    pack = std::move(*opened);
    forest = PackForest::Build(&pack, &problems);
  }
};

// What must hold of every forest. Returns the greatest number of bases that
// wait at once on a walk that gives each up before its last child.
size_t CheckForest(const PackFile& pack, const PackForest& forest) {
  const std::vector<PackEntry>& entries = pack.entries();
  std::vector<int> seen(entries.size(), 0);
  size_t deepest = 0;
  uint32_t at = 0;
  for (const PackForest::Tree& tree : forest.trees()) {
    CHECK(tree.begin == at);
    at = tree.end;
    uint64_t weight = 0;
    std::vector<uint32_t> open;
    for (uint32_t i = tree.begin; i < tree.end; ++i) {
      const uint32_t entry = forest.order()[i];
      ++seen[entry];
      weight += entries[entry].size;
      CHECK(entries[entry].type == tree.type);
      if (i == tree.begin) {
        CHECK((entries[entry].base == PackEntry::kNoBase ||
               entries[entry].base == PackEntry::kForeignBase));
      } else {
        while (!open.empty() && open.back() != entries[entry].base) {
          open.pop_back();
        }
        REQUIRE(!open.empty());  // depth first: its base is still open
        if (entries[entry].last_child) {
          open.pop_back();
        }
      }
      open.push_back(entry);
      deepest = std::max(deepest, open.size());
    }
    CHECK(weight == tree.weight);
  }
  CHECK(at == forest.order().size());
  for (size_t i = 0; i < entries.size(); ++i) {
    CHECK(seen[i] == (entries[i].base == PackEntry::kBroken ? 0 : 1));
  }
  return deepest;
}

}  // namespace

TEST_CASE("random forests come in depth-first order, few bases wait") {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    PackBuilder builder;
    const std::string delta = DeltaBuilder(1, 1).Copy(0, 1).bytes();
    const size_t count = 1 + random() % 120;
    for (size_t i = 0; i < count; ++i) {
      const uint32_t kind = random() % 8;
      if (i == 0 || kind == 0) {
        builder.AddWhole(1 + static_cast<int>(random() % 4), "x", Id(i));
      } else if (kind == 1) {
        builder.AddRefDelta(Id(random() % (count + 3)), delta, Id(i));
      } else {
        builder.AddOffsetDelta(kind < 5 ? i - 1 : random() % i, delta, Id(i));
      }
    }
    Built built(builder);
    size_t log = 1;
    while (size_t{1} << log <= count) {
      ++log;
    }
    CHECK(CheckForest(built.pack, built.forest) <= log + 1);
  }
}

TEST_CASE("a chain of 100,000 deltas waits for one base at a time") {
  PackBuilder builder;
  const std::string delta = DeltaBuilder(1, 1).Copy(0, 1).bytes();
  builder.AddWhole(3, "x", Id(0));
  for (size_t i = 1; i < 100000; ++i) {
    builder.AddOffsetDelta(i - 1, delta, Id(i));
  }
  Built built(builder);
  CHECK(built.problems.empty());
  CHECK(built.forest.trees().size() == 1);
  CHECK(CheckForest(built.pack, built.forest) == 1);
}

TEST_CASE("a circle of ref-deltas and what hangs on it are problems") {
  PackBuilder builder;
  const std::string delta = DeltaBuilder(1, 1).Copy(0, 1).bytes();
  builder.AddRefDelta(Id(1), delta, Id(0));
  builder.AddRefDelta(Id(0), delta, Id(1));
  builder.AddOffsetDelta(1, delta, Id(2));
  builder.AddRefDelta(Id(3), delta, Id(3));
  builder.AddBlob("sound");
  Built built(builder);
  CHECK(built.problems.size() == 4);
  CHECK(built.forest.order() == std::vector<uint32_t>{4});
  CheckForest(built.pack, built.forest);
}

TEST_CASE("what hangs on a broken entry is a problem of its own") {
  PackBuilder builder;
  const std::string delta = DeltaBuilder(1, 1).Copy(0, 1).bytes();
  builder.Add("\x51" + ZlibStream("x"), Id(0));  // type 5
  builder.AddOffsetDelta(0, delta, Id(1));
  builder.AddOffsetDelta(1, delta, Id(2));
  Built built(builder);
  CHECK(built.problems.size() == 3);
  CHECK(built.forest.trees().empty());
}

TEST_CASE("an empty pack has an empty forest") {
  PackBuilder builder;
  Built built(builder);
  CHECK(built.problems.empty());
  CHECK(built.forest.trees().empty());
}

TEST_CASE("types follow from the roots, but for foreign ones") {
  PackBuilder builder;
  const std::string delta = DeltaBuilder(1, 1).Copy(0, 1).bytes();
  builder.AddWhole(2, "x", Id(0));
  builder.AddOffsetDelta(0, delta, Id(1));
  builder.AddRefDelta(Id(99), delta, Id(2));
  Built built(builder);
  REQUIRE(built.forest.trees().size() == 2);
  CHECK(built.forest.trees()[0].type == ObjectType::kTree);
  CHECK(built.forest.trees()[1].type == ObjectType::kNone);
  CHECK(built.pack.entries()[1].type == ObjectType::kTree);
}

}  // namespace keysift
