// SPDX-License-Identifier: Apache-2.0
//
// Delta trees in depth-first order.
//
// A pack's entries form trees: a delta's parent is its base. Walked depth
// first, each object is rebuilt once, from a base that is still in memory. Of a
// base's children the one with most below it comes last, when the base itself
// is no longer needed: then at most log2(entries) bases wait at any time,
// however long the chains are, instead of one per link.
//
// Cost: a few passes over arrays of 4 bytes an entry. A circle of ref-deltas
// (which git never writes) is never reached from a root and so stays out.
// Test: tests/git/pack_forest_test.cc.
#include "git/pack_forest.h"

namespace keysift {
namespace {

// The children of each entry, as slices of one array.
struct Children {
  std::vector<uint32_t> begin;  // count + 1
  std::vector<uint32_t> list;
};

bool HasBase(const PackEntry& entry) { return entry.base < PackEntry::kBroken; }

Children ListChildren(const std::vector<PackEntry>& entries) {
  Children children;
  children.begin.assign(entries.size() + 1, 0);
  for (const PackEntry& entry : entries) {
    if (HasBase(entry)) {
      ++children.begin[entry.base + 1];
    }
  }
  for (size_t i = 1; i < children.begin.size(); ++i) {
    children.begin[i] += children.begin[i - 1];
  }
  children.list.resize(children.begin.back());
  std::vector<uint32_t> next(children.begin.begin(), children.begin.end() - 1);
  for (uint32_t i = 0; i < entries.size(); ++i) {
    if (HasBase(entries[i])) {
      children.list[next[entries[i].base]++] = i;
    }
  }
  return children;
}

// Entries reachable from the roots, bases before deltas; roots first.
std::vector<uint32_t> BreadthFirst(const std::vector<PackEntry>& entries,
                                   const Children& children) {
  std::vector<uint32_t> order;
  order.reserve(entries.size());
  for (uint32_t i = 0; i < entries.size(); ++i) {
    if (entries[i].base == PackEntry::kNoBase ||
        entries[i].base == PackEntry::kForeignBase) {
      order.push_back(i);
    }
  }
  for (size_t at = 0; at < order.size(); ++at) {
    const uint32_t entry = order[at];
    order.insert(order.end(), children.list.begin() + children.begin[entry],
                 children.list.begin() + children.begin[entry + 1]);
  }
  return order;
}

}  // namespace

PackForest PackForest::Build(PackFile* pack,
                             std::vector<PackProblem>* problems) {
  std::vector<PackEntry>& entries = pack->entries_;
  Children children = ListChildren(entries);
  const std::vector<uint32_t> breadth = BreadthFirst(entries, children);

  std::vector<uint64_t> weight(entries.size(), 0);
  for (size_t i = breadth.size(); i-- > 0;) {
    const PackEntry& entry = entries[breadth[i]];
    weight[breadth[i]] += entry.size;
    if (HasBase(entry)) {
      weight[entry.base] += weight[breadth[i]];
    }
  }
  for (uint32_t i = 0; i < entries.size(); ++i) {
    uint32_t* first = children.list.data() + children.begin[i];
    uint32_t* last = children.list.data() + children.begin[i + 1];
    if (first == last) {
      continue;
    }
    for (uint32_t* child = first; child + 1 < last; ++child) {
      if (weight[*child] > weight[last[-1]]) {
        std::swap(*child, last[-1]);
      }
    }
    entries[last[-1]].last_child = true;
  }

  PackForest forest;
  forest.order_.reserve(breadth.size());
  std::vector<uint32_t> stack;
  for (uint32_t root : breadth) {
    if (HasBase(entries[root])) {
      break;  // roots come first
    }
    Tree tree;
    tree.begin = static_cast<uint32_t>(forest.order_.size());
    tree.type = entries[root].type;
    tree.weight = weight[root];
    stack.push_back(root);
    while (!stack.empty()) {
      const uint32_t entry = stack.back();
      stack.pop_back();
      forest.order_.push_back(entry);
      entries[entry].type = tree.type;
      for (uint32_t c = children.begin[entry + 1]; c > children.begin[entry];
           --c) {
        stack.push_back(children.list[c - 1]);
      }
    }
    tree.end = static_cast<uint32_t>(forest.order_.size());
    forest.trees_.push_back(tree);
  }
  if (forest.order_.size() != entries.size()) {
    std::vector<bool> reached(entries.size(), false);
    for (uint32_t entry : forest.order_) {
      reached[entry] = true;
    }
    for (uint32_t i = 0; i < entries.size(); ++i) {
      if (!reached[i] && entries[i].base != PackEntry::kBroken) {
        pack->Break(i, "the chain of its deltas is broken or a circle",
                    problems);
      }
    }
  }
  return forest;
}

}  // namespace keysift
