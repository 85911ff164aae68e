// SPDX-License-Identifier: Apache-2.0
//
// Which trees hold what, from the events along the deltas of real packs,
// against the trees themselves.
#include <doctest/doctest.h>

#include <set>

#include "git/object_reader.h"
#include "git/pack_walker.h"
#include "git/tree.h"
#include "scan/provenance.h"
#include "support/random_history.h"
#include "support/stored_objects.h"

namespace keysift {
namespace {

using Children = std::set<std::pair<uint32_t, std::string>>;

// Reads each tree of a pack along its deltas.
class Reader : public ObjectVisitor {
 public:
  Reader(const ObjectStore::Pack* pack, TreeScan* scan)
      : pack_(pack), scan_(scan) {}

  void Visit(const WalkedObject& object) override {
    if (object.type != ObjectType::kTree) {
      return;
    }
    if (read_.size() <= object.slot) {
      read_.resize(object.slot + 1);
    }
    const uint32_t number = pack_->NumberOf(object.entry);
    if (object.map == nullptr) {
      scan_->ReadWhole(object.content, number, &read_[object.slot]);
    } else {
      scan_->ReadDelta(object.content, *object.map, read_[object.base_slot],
                       number, &read_[object.slot]);
      ++deltas;
    }
  }
  void Lost(uint32_t /*entry*/, const Error& error) override {
    FAIL(error.message);
  }

  int deltas = 0;

 private:
  const ObjectStore::Pack* pack_;
  TreeScan* scan_;
  std::vector<ReadTree> read_;
};

// The entries of every tree, by number.
std::map<uint32_t, Children> ReadAll(const ObjectStore& store) {
  std::map<uint32_t, Children> trees;
  ObjectReader reader(&store, UINT64_MAX);
  Buffer content;
  for (uint32_t number = 0; number < store.count(); ++number) {
    Result<ObjectType> type = reader.Read(number, &content);
    REQUIRE(type);
    if (*type != ObjectType::kTree) {
      continue;
    }
    TreeReader entries(content.view());
    TreeEntry entry;
    Children* children = &trees[number];
    while (*entries.Next(&entry)) {
      children->emplace(*store.Find(entry.raw_id), std::string(entry.name));
    }
  }
  return trees;
}

// Those of them that are targets or lead to one.
bool Leads(const std::map<uint32_t, Children>& trees, const ObjectMarks& marks,
           uint32_t number) {
  if (marks.IsTarget(number)) {
    return true;
  }
  const auto tree = trees.find(number);
  return tree != trees.end() &&
         std::any_of(tree->second.begin(), tree->second.end(),
                     [&](const auto& child) {
                       return Leads(trees, marks, child.first);
                     });
}

}  // namespace

TEST_CASE("trees hold what their entries say, for random targets") {
  int deltas = 0;
  for (uint32_t seed = 1; seed <= 4; ++seed) {
    GitFixture fixture({"--bare"});
    const RandomHistory history(fixture, 500 + seed, 60);
    fixture.Git({"repack", "-q", "-a", "-d", "-f", "-k", "--depth=50"});
    std::vector<PackProblem> problems;
    const ObjectStore store = OpenStore(fixture, &problems);
    ObjectMarks marks(&store);
    for (uint32_t number = seed; number < store.count(); number += 37) {
      if (store.type(number) == ObjectType::kBlob) {
        marks.Set(number, ObjectMarks::kTarget);
      }
    }
    TreeScan scan(&marks, true);
    PackWalker walker({}, [](const ObjectId&, Buffer*) -> Result<ObjectType> {
      return Fail(ErrorKind::kNotFound, "no foreign bases here");
    });
    for (const ObjectStore::Pack& pack : store.packs()) {
      Reader reader(&pack, &scan);
      for (const PackForest::Tree& tree : pack.forest.trees()) {
        walker.Walk(pack.file, pack.forest, tree, &reader);
      }
      deltas += reader.deltas;
    }
    const Containment containment = Containment::Build(store, marks, {&scan});
    const std::map<uint32_t, Children> trees = ReadAll(store);
    for (const auto& [tree, entries] : trees) {
      Children expected;
      for (const auto& entry : entries) {
        if (Leads(trees, marks, entry.first)) {
          expected.insert(entry);
        }
      }
      Children found;
      const auto [begin, end] = containment.ChildrenOf(tree);
      for (const TreeChild* child = begin; child != end; ++child) {
        CHECK(child->tree == tree);
        CHECK(
            found.emplace(child->child, containment.name(child->name)).second);
      }
      CHECK(found == expected);
    }
  }
  CHECK(deltas > 20);
}

TEST_CASE("nothing to find: no tree holds anything") {
  std::vector<PackProblem> problems;
  const ObjectStore store = ObjectStore::Open({}, {}, 1, &problems);
  ObjectMarks marks(&store);
  const Containment containment = Containment::Build(store, marks, {});
  const auto [begin, end] = containment.ChildrenOf(0);
  CHECK(begin == end);
}

}  // namespace keysift
