// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scan/commit_graph.h"
#include "scan/text_scanner.h"

namespace keysift {

// What the objects of one pack name, by the numbers that the store has for it.
// One per worker; not thread-safe.
class PackLinks {
 public:
  // Of the pack whose objects are numbers [first, first + count).
  PackLinks(uint32_t first, uint32_t count) : first_(first), inside_(count) {}

  // `mark`: as what it is named (in ObjectMarks::kNamed).
  void Add(uint32_t number, uint8_t mark) {
    if (number - first_ < inside_.size()) {
      inside_[number - first_] |= mark;
    } else {
      outside_[number] |= mark;
    }
  }
  void AddSubmodule() { submodules_ = true; }
  void Merge(const PackLinks& other);

  // Marks of an object of the pack; 0 if none of its objects names it.
  uint8_t Of(uint32_t row) const { return inside_[row]; }
  // Numbers of other packs' and loose objects, and of absent ones, with marks.
  const std::unordered_map<uint32_t, uint8_t>& outside() const {
    return outside_;
  }
  bool has_submodules() const { return submodules_; }

 private:
  uint32_t first_;
  std::vector<uint8_t> inside_;  // by row
  std::unordered_map<uint32_t, uint8_t> outside_;
  bool submodules_ = false;
};

// What one worker has learnt from the objects of one pack; or from what is in
// no pack: then the links mean nothing. Objects are numbers of first copies,
// unless it says copies.
struct PackFacts {
  PackFacts(uint32_t first, uint32_t count)
      : named_by_texts(first, count), named_by_trees(first, count) {}

  void Merge(PackFacts&& other);

  TextOutcome texts;  // of blobs, commits and tags
  TextOutcome names;  // of files, in trees
  PackLinks named_by_texts;
  PackLinks named_by_trees;
  std::vector<CommitNode> commits;
  std::vector<std::pair<uint32_t, uint32_t>> tags;  // and what they point to
  std::vector<uint32_t> pointers;  // copies of Git LFS pointers
  std::vector<std::pair<uint32_t, uint8_t>> limits;  // copies and DecodeLimits
  std::vector<std::pair<uint32_t, std::string>> encrypted;  // copies, and how
  std::vector<uint32_t> hashed;  // copies whose ids were computed
  std::vector<bool> is_tree;     // by row; empty: none is
  uint64_t text_count = 0;       // copies read, and their bytes
  uint64_t text_bytes = 0;
  uint64_t tree_count = 0;
  uint64_t tree_bytes = 0;
  bool sound = true;  // nothing was lost or doubtful
};

}  // namespace keysift
