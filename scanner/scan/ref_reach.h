// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scan/commit_graph.h"

namespace keysift {

// A ref and the commit that it leads to, as a position in the CommitGraph.
struct RefTip {
  std::string name;
  uint32_t commit = 0;
};

// For each list of commits the refs whose history holds one of them, as
// rising indexes of `tips`.
std::vector<std::vector<uint32_t>> RefsThatReach(
    const CommitGraph& graph, const std::vector<RefTip>& tips,
    const std::vector<std::vector<uint32_t>>& commits);

}  // namespace keysift
