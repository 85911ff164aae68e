// SPDX-License-Identifier: Apache-2.0
//
// Which commits a range has, without reading all of history.
//
// As git does it: commits wait in a queue, the newest first. What an excluded
// commit reaches is painted; a painted commit paints its parents, also those
// that were taken out before. When all that waits is painted, and is older than
// everything that was chosen, no commit chosen can be painted any more - if
// clocks were right. They need not be, so the walk goes on for kSlop commits
// more. A commit is painted only along real parents, so an error can only leave
// a commit in that another clone has already: too much is scanned, never too
// little.
//
// Rejected: painting the whole excluded history first, which is exact and reads
// a million commits to look at one.
//
// Cost: the commits of the range, and those of the other side that are newer
// than its oldest. Test: tests/source/commit_walk_test.cc.
#include "source/commit_walk.h"

#include <algorithm>
#include <queue>
#include <string>
#include <unordered_map>
#include <utility>

#include "git/commit.h"

namespace keysift {
namespace {

constexpr int kSlop = 32;

struct HashId {
  size_t operator()(const ObjectId& id) const {
    return std::hash<std::string_view>()(id.raw());
  }
};

class Walk {
 public:
  Walk(const std::vector<ObjectId>* shallow, const ReadObject* read)
      : shallow_(shallow), read_(read) {}

  void Start(const ObjectId& id, bool painted) { Meet(id, painted); }
  void Run(const std::function<bool()>& stopped);
  CommitWalk Take();

 private:
  struct Node {
    WalkedCommit commit;
    int64_t time = 0;
    bool painted = false;
    bool readable = false;
    bool taken = false;  // out of the queue, its parents met
  };
  struct Waiting {
    int64_t time;
    ObjectId id;
    bool operator<(const Waiting& other) const { return time < other.time; }
  };

  void Meet(const ObjectId& id, bool painted);
  Result<void> Load(const ObjectId& id, Node* node);
  void Paint(const ObjectId& id);

  const std::vector<ObjectId>* shallow_;
  const ReadObject* read_;
  std::unordered_map<ObjectId, Node, HashId> nodes_;
  std::priority_queue<Waiting> queue_;
  size_t unpainted_waiting_ = 0;
  int64_t oldest_chosen_ = INT64_MAX;
  std::vector<Error> problems_;
};

Result<void> Walk::Load(const ObjectId& id, Node* node) {
  Buffer content;
  const Result<ObjectType> type = (*read_)(id, &content);
  if (!type) {
    return tl::unexpected(type.error());
  }
  if (*type != ObjectType::kCommit) {
    return Fail(ErrorKind::kDamaged, "not a commit", id.ToHex());
  }
  Result<Commit> commit = Commit::Parse(content.view());
  if (!commit) {
    return tl::unexpected(std::move(commit.error()));
  }
  node->commit = {id, commit->tree, std::move(commit->parents)};
  node->time = commit->committer.time;
  node->readable = true;
  if (std::find(shallow_->begin(), shallow_->end(), id) != shallow_->end()) {
    node->commit.parents.clear();
  }
  return {};
}

// A commit is reached, from one that is painted or not.
void Walk::Meet(const ObjectId& id, bool painted) {
  const auto [known, is_new] = nodes_.try_emplace(id);
  Node& node = known->second;
  if (!is_new) {
    if (painted) {
      Paint(id);
    }
    return;
  }
  node.painted = painted;
  const Result<void> loaded = Load(id, &node);
  if (!loaded) {
    node.commit.id = id;
    if (!painted) {
      Error error = loaded.error();
      error.where = "commit " + id.ToHex();
      problems_.push_back(std::move(error));
    }
    return;
  }
  queue_.push({node.time, id});
  unpainted_waiting_ += painted ? 0 : 1;
}

// Paints a commit and, along those whose parents were met, what it reaches.
void Walk::Paint(const ObjectId& first) {
  std::vector<ObjectId> todo = {first};
  while (!todo.empty()) {
    const auto found = nodes_.find(todo.back());
    todo.pop_back();
    if (found == nodes_.end() || found->second.painted) {
      continue;
    }
    Node& node = found->second;
    node.painted = true;
    if (node.taken) {
      todo.insert(todo.end(), node.commit.parents.begin(),
                  node.commit.parents.end());
    } else if (node.readable) {
      --unpainted_waiting_;
    }
  }
}

void Walk::Run(const std::function<bool()>& stopped) {
  int slop = kSlop;
  while (!queue_.empty() && !stopped()) {
    const Waiting next = queue_.top();
    if (unpainted_waiting_ == 0 && next.time < oldest_chosen_ && slop-- == 0) {
      return;
    }
    queue_.pop();
    Node& node = nodes_.at(next.id);
    node.taken = true;
    const bool painted = node.painted;
    if (!painted) {
      --unpainted_waiting_;
      oldest_chosen_ = std::min(oldest_chosen_, node.time);
    }
    const std::vector<ObjectId> parents = node.commit.parents;
    for (const ObjectId& parent : parents) {
      Meet(parent, painted);
    }
  }
}

CommitWalk Walk::Take() {
  CommitWalk walk;
  int64_t start_time = INT64_MIN;
  std::vector<const Node*> chosen;
  std::unordered_map<ObjectId, size_t, HashId> waiting_for;  // parents in range
  std::unordered_map<ObjectId, std::vector<const Node*>, HashId> children;
  for (const auto& [id, node] : nodes_) {
    if (node.painted || !node.taken) {
      continue;
    }
    chosen.push_back(&node);
    if (std::find(shallow_->begin(), shallow_->end(), id) != shallow_->end()) {
      problems_.push_back({ErrorKind::kNotFound,
                           "the clone is shallow: older commits were left out",
                           "history before commit " + id.ToHex()});
    }
    for (const ObjectId& parent : node.commit.parents) {
      const auto found = nodes_.find(parent);
      if (found == nodes_.end() || !found->second.readable) {
        continue;
      }
      if (!found->second.painted) {
        ++waiting_for[id];
        children[parent].push_back(&node);
      } else if (std::pair(found->second.time, parent) >
                 std::pair(start_time, walk.start.value_or(ObjectId()))) {
        start_time = found->second.time;
        walk.start = parent;
      }
    }
  }
  // Parents first; among equals the older one, then by id.
  const auto later = [](const Node* a, const Node* b) {
    return std::pair(a->time, a->commit.id) > std::pair(b->time, b->commit.id);
  };
  std::priority_queue<const Node*, std::vector<const Node*>, decltype(later)>
      ready(later);
  for (const Node* node : chosen) {
    if (waiting_for[node->commit.id] == 0) {
      ready.push(node);
    }
  }
  while (!ready.empty()) {
    const Node* node = ready.top();
    ready.pop();
    walk.commits.push_back(node->commit);
    for (const Node* child : children[node->commit.id]) {
      if (--waiting_for[child->commit.id] == 0) {
        ready.push(child);
      }
    }
  }
  walk.problems = std::move(problems_);
  return walk;
}

}  // namespace

CommitWalk WalkCommits(const std::vector<ObjectId>& include,
                       const std::vector<ObjectId>& exclude,
                       const std::vector<ObjectId>& shallow,
                       const ReadObject& read,
                       const std::function<bool()>& stopped) {
  Walk walk(&shallow, &read);
  for (const ObjectId& id : exclude) {
    walk.Start(id, true);
  }
  for (const ObjectId& id : include) {
    walk.Start(id, false);
  }
  walk.Run(stopped);
  return walk.Take();
}

}  // namespace keysift
