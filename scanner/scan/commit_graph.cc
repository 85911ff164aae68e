// SPDX-License-Identifier: Apache-2.0
#include "scan/commit_graph.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <utility>

namespace keysift {
namespace {

// Replaces the nodes' parents' object numbers by positions in `nodes`.
void ResolveParents(std::vector<CommitNode>* nodes) {
  PositionTable positions;
  for (uint32_t i = 0; i < nodes->size(); ++i) {
    positions.Add((*nodes)[i].object, i);
  }
  for (CommitNode& node : *nodes) {
    for (uint32_t& parent : node.parents) {
      parent = positions.Find(parent);
    }
    std::erase(node.parents, CommitNode::kNone);
  }
}

// Parents first, then by (time, object). Commits in a circle, which only a
// forged index can hold, are left out.
std::vector<uint32_t> TopologicalOrder(const std::vector<CommitNode>& nodes) {
  std::vector<uint32_t> missing(nodes.size(), 0);
  std::vector<uint32_t> child_begin(nodes.size() + 1, 0);
  for (const CommitNode& node : nodes) {
    for (uint32_t parent : node.parents) {
      ++child_begin[parent + 1];
    }
  }
  for (size_t i = 1; i < child_begin.size(); ++i) {
    child_begin[i] += child_begin[i - 1];
  }
  std::vector<uint32_t> children(child_begin.back());
  std::vector<uint32_t> next(child_begin.begin(), child_begin.end() - 1);
  using Ready = std::tuple<int64_t, uint32_t, uint32_t>;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<Ready>> ready;
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    missing[i] = static_cast<uint32_t>(nodes[i].parents.size());
    for (uint32_t parent : nodes[i].parents) {
      children[next[parent]++] = i;
    }
    if (missing[i] == 0) {
      ready.emplace(nodes[i].time, nodes[i].object, i);
    }
  }
  std::vector<uint32_t> order;
  order.reserve(nodes.size());
  while (!ready.empty()) {
    const uint32_t i = std::get<2>(ready.top());
    ready.pop();
    order.push_back(i);
    for (uint32_t c = child_begin[i]; c < child_begin[i + 1]; ++c) {
      const uint32_t child = children[c];
      if (--missing[child] == 0) {
        ready.emplace(nodes[child].time, nodes[child].object, child);
      }
    }
  }
  return order;
}

}  // namespace

void PositionTable::Add(uint32_t object, uint32_t position) {
  begins_.resize(size_t{object >> kStepBits} + 1,
                 static_cast<uint32_t>(rows_.size()));
  rows_.emplace_back(object, position);
}

uint32_t PositionTable::Find(uint32_t object) const {
  const size_t step = object >> kStepBits;
  for (size_t i = step < begins_.size() ? begins_[step] : rows_.size();
       i < rows_.size() && rows_[i].first <= object; ++i) {
    if (rows_[i].first == object) {
      return rows_[i].second;
    }
  }
  return CommitNode::kNone;
}

CommitGraph CommitGraph::Build(std::vector<CommitNode> nodes) {
  const auto by_object = [](const CommitNode& a, const CommitNode& b) {
    return a.object < b.object;
  };
  // Those of a known pack come in order, and far fewer behind them.
  const auto unsorted =
      std::is_sorted_until(nodes.begin(), nodes.end(), by_object);
  std::sort(unsorted, nodes.end(), by_object);
  std::inplace_merge(nodes.begin(), unsorted, nodes.end(), by_object);
  nodes.erase(std::unique(nodes.begin(), nodes.end(),
                          [](const CommitNode& a, const CommitNode& b) {
                            return a.object == b.object;
                          }),
              nodes.end());
  ResolveParents(&nodes);
  const std::vector<uint32_t> order = TopologicalOrder(nodes);
  std::vector<uint32_t> position(nodes.size(), CommitNode::kNone);
  CommitGraph graph;
  graph.nodes_.reserve(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    position[order[i]] = i;
  }
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    if (position[i] != CommitNode::kNone) {
      graph.positions_.Add(nodes[i].object, position[i]);
    }
  }
  for (uint32_t i : order) {
    graph.nodes_.push_back(std::move(nodes[i]));
    for (uint32_t& parent : graph.nodes_.back().parents) {
      parent = position[parent];
    }
  }
  return graph;
}

std::vector<bool> CommitGraph::ReachableFrom(
    const std::vector<uint32_t>& tips) const {
  std::vector<bool> reached(nodes_.size(), false);
  for (uint32_t tip : tips) {
    reached[tip] = true;
  }
  for (size_t i = nodes_.size(); i-- > 0;) {
    if (reached[i]) {
      for (uint32_t parent : nodes_[i].parents) {
        reached[parent] = true;
      }
    }
  }
  return reached;
}

}  // namespace keysift
