// SPDX-License-Identifier: Apache-2.0
#include "scan/work_list.h"

#include <doctest/doctest.h>

#include <map>

#include "support/pack_builder.h"
#include "support/stored_objects.h"

namespace keysift {
namespace {

// How often each (pack, tree) and each loose object is in a list.
struct Counted {
  std::map<std::pair<const ObjectStore::Pack*, uint32_t>, int> trees;
  std::vector<int> loose;
};

Counted Count(const ObjectStore& store, const std::vector<WorkItem>& work) {
  Counted counted;
  counted.loose.resize(store.loose().size());
  for (const WorkItem& item : work) {
    for (uint32_t tree : item.trees) {
      ++counted.trees[{item.pack, tree}];
    }
    for (uint32_t i = item.loose_begin; i < item.loose_end; ++i) {
      ++counted.loose[i];
    }
  }
  return counted;
}

}  // namespace

TEST_CASE("each delta tree is in the list of its type once, loose in both") {
  GitFixture fixture;
  WriteHistory(fixture, 10);
  fixture.Git({"repack", "-q", "-d"});
  for (int i = 0; i < 30; ++i) {
    fixture.Write("loose" + std::to_string(i), std::to_string(1000 + i));
  }
  fixture.Commit("loose");
  PackBuilder thin;
  thin.AddRefDelta(std::string(20, 'f'), DeltaBuilder(1, 1).Copy(0, 1).bytes(),
                   std::string(20, 'g'));
  thin.Write(fixture.git_dir() + "/objects/pack", "pack-thin");
  std::vector<PackProblem> problems;
  const ObjectStore store = OpenStore(fixture, &problems);
  const Counted texts = Count(store, ListWork(store, false));
  const Counted trees = Count(store, ListWork(store, true));
  CHECK(store.loose().size() > 20);
  CHECK(texts.loose == std::vector<int>(store.loose().size(), 1));
  CHECK(trees.loose == texts.loose);
  for (const ObjectStore::Pack& pack : store.packs()) {
    for (uint32_t i = 0; i < pack.forest.trees().size(); ++i) {
      const ObjectType type = pack.forest.trees()[i].type;
      const auto of = [&](const Counted& counted) {
        const auto found = counted.trees.find({&pack, i});
        return found == counted.trees.end() ? 0 : found->second;
      };
      CHECK(of(texts) == (type == ObjectType::kTree ? 0 : 1));
      CHECK(of(trees) ==
            (type == ObjectType::kTree || type == ObjectType::kNone ? 1 : 0));
    }
  }
}

TEST_CASE("large trees are pieces by themselves and come first") {
  TemporaryFolder folder;
  PackBuilder builder;
  builder.AddBlob("small 1");
  builder.AddBlob(std::string(2 << 20, 'm'));
  builder.AddBlob("small 2");
  builder.AddBlob(std::string(3 << 20, 'l'));
  std::vector<PackProblem> problems;
  const ObjectStore store =
      ObjectStore::Open({builder.Write(folder.path(), "p")}, {}, 1, &problems);
  const std::vector<WorkItem> work = ListWork(store, false);
  REQUIRE(work.size() == 3);
  CHECK(work[0].weight == 3u << 20);
  CHECK(work[1].weight == 2u << 20);
  CHECK(work[2].trees.size() == 2);
  CHECK(ListWork(store, true).empty());
}

}  // namespace keysift
