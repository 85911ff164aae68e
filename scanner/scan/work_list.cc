// SPDX-License-Identifier: Apache-2.0
#include "scan/work_list.h"

#include <algorithm>

namespace keysift {
namespace {

// Trees of more than this many bytes to inflate are pieces by themselves;
// smaller ones are gathered up to it.
constexpr uint64_t kPieceBytes = 1u << 20;
constexpr uint32_t kPieceLoose = 64;
// What a tree costs however small it is, as bytes: 3 us for a commit.
constexpr uint64_t kTreeCost = 2048;

bool IsWanted(ObjectType type, bool only_trees) {
  return type == ObjectType::kNone || (type == ObjectType::kTree) == only_trees;
}

void AddPack(const ObjectStore::Pack& pack, bool only_trees,
             std::vector<WorkItem>* work) {
  WorkItem small;
  small.pack = &pack;
  const std::vector<PackForest::Tree>& trees = pack.forest.trees();
  for (uint32_t i = 0; i < trees.size(); ++i) {
    if (!IsWanted(trees[i].type, only_trees)) {
      continue;
    }
    if (trees[i].weight >= kPieceBytes) {
      WorkItem large;
      large.pack = &pack;
      large.trees = {i};
      large.weight = trees[i].weight;
      work->push_back(std::move(large));
      continue;
    }
    small.trees.push_back(i);
    small.weight += trees[i].weight + kTreeCost;
    if (small.weight >= kPieceBytes) {
      work->push_back(std::move(small));
      small = WorkItem();
      small.pack = &pack;
    }
  }
  if (!small.trees.empty()) {
    work->push_back(std::move(small));
  }
}

}  // namespace

std::vector<WorkItem> ListWork(const ObjectStore& store, bool only_trees) {
  std::vector<WorkItem> work;
  for (const ObjectStore::Pack& pack : store.packs()) {
    AddPack(pack, only_trees, &work);
  }
  std::stable_sort(
      work.begin(), work.end(),
      [](const WorkItem& a, const WorkItem& b) { return a.weight > b.weight; });
  const uint32_t loose = static_cast<uint32_t>(store.loose().size());
  for (uint32_t i = 0; i < loose; i += kPieceLoose) {
    WorkItem item;
    item.loose_begin = i;
    item.loose_end = std::min(loose, i + kPieceLoose);
    work.push_back(std::move(item));
  }
  return work;
}

}  // namespace keysift
