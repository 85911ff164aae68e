// SPDX-License-Identifier: Apache-2.0
#include "scan/ref_reach.h"

#include <algorithm>

namespace keysift {

std::vector<std::vector<uint32_t>> RefsThatReach(
    const CommitGraph& graph, const std::vector<RefTip>& tips,
    const std::vector<std::vector<uint32_t>>& commits) {
  constexpr uint32_t kBatch = 64;  // refs at a time, one bit each
  const std::vector<CommitNode>& nodes = graph.nodes();
  std::vector<std::vector<uint32_t>> refs(commits.size());
  std::vector<uint64_t> reached(nodes.size());
  for (uint32_t first = 0; first < tips.size(); first += kBatch) {
    std::fill(reached.begin(), reached.end(), 0);
    const uint32_t end =
        std::min(first + kBatch, static_cast<uint32_t>(tips.size()));
    for (uint32_t i = first; i < end; ++i) {
      reached[tips[i].commit] |= uint64_t{1} << (i - first);
    }
    for (size_t i = nodes.size(); i-- > 0;) {
      if (reached[i] != 0) {
        for (uint32_t parent : nodes[i].parents) {
          reached[parent] |= reached[i];
        }
      }
    }
    for (size_t c = 0; c < commits.size(); ++c) {
      uint64_t bits = 0;
      for (uint32_t commit : commits[c]) {
        bits |= reached[commit];
      }
      for (uint32_t i = first; i < end; ++i) {
        if ((bits >> (i - first) & 1) != 0) {
          refs[c].push_back(i);
        }
      }
    }
  }
  return refs;
}

}  // namespace keysift
