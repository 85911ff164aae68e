// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace keysift {

// Commits by number (ObjectStore's), as far as a history scan needs them.
struct CommitNode {
  static constexpr uint32_t kNone = UINT32_MAX;

  uint32_t object = 0;    // the commit's own number
  uint32_t tree = kNone;  // its root tree's, kNone if absent
  int64_t time = 0;       // the committer's, seconds since 1970
  std::vector<uint32_t>
      parents;  // positions in the graph; absent ones left out
};

// Positions by object number.
class PositionTable {
 public:
  // To be called with rising objects, each once.
  void Add(uint32_t object, uint32_t position);
  // That of an object, or kNone.
  uint32_t Find(uint32_t object) const;

 private:
  // Objects of so many numbers are looked through one by one.
  static constexpr unsigned kStepBits = 5;

  std::vector<std::pair<uint32_t, uint32_t>> rows_;  // (object, position)
  std::vector<uint32_t> begins_;  // in `rows_`, by object >> kStepBits
};

// All commits of a repository, sorted so that parents come before children,
// and the older first where that leaves a choice. Immutable once built; the
// same for any number of threads.
class CommitGraph {
 public:
  // `parents` of the given nodes hold object numbers.
  static CommitGraph Build(std::vector<CommitNode> nodes);

  const std::vector<CommitNode>& nodes() const { return nodes_; }
  // The position of a commit by its object number, or kNone.
  uint32_t Position(uint32_t object) const { return positions_.Find(object); }
  // Which commits can be reached from these positions.
  std::vector<bool> ReachableFrom(const std::vector<uint32_t>& tips) const;

 private:
  std::vector<CommitNode> nodes_;
  PositionTable positions_;
};

}  // namespace keysift
