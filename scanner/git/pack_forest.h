// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "git/pack_file.h"

namespace keysift {

// The delta trees of one pack: which entry is a delta against which, as one
// sequence of entries in which each stands after its base, and each base with
// all that hangs on it is one piece. Immutable once built: shared by all
// threads.
class PackForest {
 public:
  // One delta tree: order()[begin, end). Its first entry is stored whole or
  // has a foreign base.
  struct Tree {
    uint32_t begin = 0;
    uint32_t end = 0;
    ObjectType type = ObjectType::kNone;  // kNone: its foreign base tells
    uint64_t weight = 0;                  // inflated bytes to read
  };

  // Builds the forest and fills in each entry's type and last_child. Entries
  // whose chain is broken or a circle come into no tree: each is a problem.
  static PackForest Build(PackFile* pack, std::vector<PackProblem>* problems);

  const std::vector<Tree>& trees() const { return trees_; }
  const std::vector<uint32_t>& order() const { return order_; }

 private:
  std::vector<Tree> trees_;
  std::vector<uint32_t> order_;
};

}  // namespace keysift
