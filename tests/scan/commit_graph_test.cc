// SPDX-License-Identifier: Apache-2.0
#include "scan/commit_graph.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace keysift {
namespace {

uint32_t Below(std::mt19937* random, uint32_t limit) {
  return static_cast<uint32_t>((*random)() % limit);
}

// Random commits; parents are object numbers (of earlier nodes).
std::vector<CommitNode> RandomNodes(std::mt19937* random, uint32_t count) {
  std::vector<CommitNode> nodes(count);
  for (uint32_t i = 0; i < count; ++i) {
    nodes[i].object = 10 * i + 3;
    nodes[i].tree = i;
    nodes[i].time = static_cast<int64_t>((*random)() % 50);  // clocks are wrong
    for (uint32_t p = Below(random, 4); i > 0 && p > 0; --p) {
      nodes[i].parents.push_back(10 * Below(random, i) + 3);
    }
  }
  return nodes;
}

}  // namespace

TEST_CASE("parents come first, whatever the order they were found in") {
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    std::vector<CommitNode> nodes = RandomNodes(&random, 60);
    const CommitGraph graph = CommitGraph::Build(nodes);
    REQUIRE(graph.nodes().size() == nodes.size());
    for (uint32_t i = 0; i < graph.nodes().size(); ++i) {
      const CommitNode& node = graph.nodes()[i];
      CHECK(graph.Position(node.object) == i);
      const CommitNode& given = nodes[node.object / 10];
      REQUIRE(node.parents.size() == given.parents.size());
      for (size_t p = 0; p < node.parents.size(); ++p) {
        CHECK(node.parents[p] < i);
        CHECK(graph.nodes()[node.parents[p]].object == given.parents[p]);
      }
    }
    std::shuffle(nodes.begin(), nodes.end(), random);
    const CommitGraph again = CommitGraph::Build(nodes);
    for (uint32_t i = 0; i < graph.nodes().size(); ++i) {
      CHECK(again.nodes()[i].object == graph.nodes()[i].object);
    }
  }
}

TEST_CASE("where parents leave a choice the older comes first") {
  std::vector<CommitNode> nodes(3);
  nodes[0] = {1, 0, 300, {}};
  nodes[1] = {2, 0, 100, {}};
  nodes[2] = {3, 0, 200, {}};
  const CommitGraph graph = CommitGraph::Build(nodes);
  CHECK(graph.Position(2) == 0);
  CHECK(graph.Position(3) == 1);
  CHECK(graph.Position(1) == 2);
}

TEST_CASE("a commit found twice is one, absent parents are left out") {
  std::vector<CommitNode> nodes(3);
  nodes[0] = {1, 0, 1, {99}};
  nodes[1] = {2, 0, 2, {1, 98}};
  nodes[2] = {2, 0, 2, {1, 98}};
  const CommitGraph graph = CommitGraph::Build(nodes);
  REQUIRE(graph.nodes().size() == 2);
  CHECK(graph.nodes()[0].parents.empty());
  CHECK(graph.nodes()[1].parents == std::vector<uint32_t>{0});
  CHECK(graph.Position(99) == CommitNode::kNone);
}

TEST_CASE("a forged circle is left out with what builds on it") {
  std::vector<CommitNode> nodes(4);
  nodes[0] = {1, 0, 1, {2}};
  nodes[1] = {2, 0, 1, {1}};
  nodes[2] = {3, 0, 1, {2}};
  nodes[3] = {4, 0, 1, {}};
  const CommitGraph graph = CommitGraph::Build(nodes);
  REQUIRE(graph.nodes().size() == 1);
  CHECK(graph.Position(4) == 0);
  CHECK(graph.Position(1) == CommitNode::kNone);
}

TEST_CASE("reachability is what following parents gives") {
  std::mt19937 random(2);
  for (int round = 0; round < 20; ++round) {
    const CommitGraph graph = CommitGraph::Build(RandomNodes(&random, 80));
    const std::vector<uint32_t> tips = {static_cast<uint32_t>(random() % 80),
                                        static_cast<uint32_t>(random() % 80)};
    std::vector<bool> expected(80, false);
    std::vector<uint32_t> open = tips;
    while (!open.empty()) {
      const uint32_t at = open.back();
      open.pop_back();
      if (!expected[at]) {
        expected[at] = true;
        open.insert(open.end(), graph.nodes()[at].parents.begin(),
                    graph.nodes()[at].parents.end());
      }
    }
    CHECK(graph.ReachableFrom(tips) == expected);
  }
}

TEST_CASE("no commits, no graph") {
  const CommitGraph graph = CommitGraph::Build({});
  CHECK(graph.nodes().empty());
  CHECK(graph.ReachableFrom({}).empty());
}

}  // namespace keysift
