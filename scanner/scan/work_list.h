// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "git/object_store.h"

namespace keysift {

// A piece of work for one thread: some delta trees or some single objects of
// one pack, or some loose objects.
struct WorkItem {
  const ObjectStore::Pack* pack = nullptr;  // null: loose objects
  std::vector<uint32_t> trees;              // numbers in the pack's forest
  // Or of its objects some, by row, each read by itself.
  std::vector<uint32_t> rows;
  uint32_t loose_begin = 0;  // in ObjectStore::loose()
  uint32_t loose_end = 0;
  uint64_t weight = 0;  // inflated bytes to read
};

// Cuts a store into pieces, the largest first. A large delta tree is a piece by
// itself, small ones go together in the order of the pack. `only_trees`: the
// delta trees of tree objects (and those whose type is not known yet), else all
// others (and those). Loose objects are in both.
std::vector<WorkItem> ListWork(const ObjectStore& store, bool only_trees);

}  // namespace keysift
