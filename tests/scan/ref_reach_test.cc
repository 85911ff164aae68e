// SPDX-License-Identifier: Apache-2.0
#include "scan/ref_reach.h"

#include <doctest/doctest.h>

#include <random>

namespace keysift {

TEST_CASE("200 refs: each list names the refs whose history meets it") {
  std::mt19937 source(4);
  const auto below = [&source](uint32_t limit) {
    return static_cast<uint32_t>(source() % limit);
  };
  std::vector<CommitNode> nodes(100);
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    nodes[i] = {i, 0, i, {}};
    for (uint32_t p = below(3); i > 0 && p > 0; --p) {
      nodes[i].parents.push_back(below(i));
    }
  }
  const CommitGraph graph = CommitGraph::Build(nodes);
  std::vector<RefTip> tips;
  for (int i = 0; i < 200; ++i) {
    tips.push_back({std::to_string(i), below(100)});
  }
  std::vector<std::vector<uint32_t>> commits(20);
  for (std::vector<uint32_t>& list : commits) {
    for (uint32_t n = below(4); n > 0; --n) {
      list.push_back(below(100));
    }
  }
  std::vector<std::vector<uint32_t>> expected(commits.size());
  for (uint32_t i = 0; i < tips.size(); ++i) {
    const std::vector<bool> reached = graph.ReachableFrom({tips[i].commit});
    for (size_t c = 0; c < commits.size(); ++c) {
      for (uint32_t commit : commits[c]) {
        if (reached[commit] &&
            (expected[c].empty() || expected[c].back() != i)) {
          expected[c].push_back(i);
        }
      }
    }
  }
  CHECK(RefsThatReach(graph, tips, commits) == expected);
}

TEST_CASE("without refs or commits nothing is reached") {
  const CommitGraph graph = CommitGraph::Build({{1, 0, 1, {}}});
  CHECK(RefsThatReach(graph, {}, {{0}}) ==
        std::vector<std::vector<uint32_t>>{{}});
  CHECK(RefsThatReach(graph, {{"main", 0}}, {}).empty());
}

}  // namespace keysift
