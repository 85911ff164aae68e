// SPDX-License-Identifier: Apache-2.0
#include "scan/provenance.h"

#include <algorithm>

namespace keysift {
namespace {

// Directories nest no deeper than this in any path that a system can check
// out; a forged circle of trees ends here.
constexpr int kMaxDepth = 4096;

const std::vector<Sighting> kNoSightings;

constexpr uint32_t kRootDirectory = 0;

uint64_t HashOf(const std::vector<uint32_t>& set) {
  uint64_t hash = 1469598103934665603u;  // FNV-1a, 64 bits
  for (uint32_t value : set) {
    hash = (hash ^ value) * 1099511628211u;
  }
  return hash;
}

}  // namespace

Provenance::Provenance(const Containment* containment,
                       const CommitGraph* commits, const ObjectMarks* marks,
                       const std::vector<uint32_t>& tips,
                       const std::vector<uint32_t>& kept)
    : containment_(containment),
      commits_(commits),
      marks_(marks),
      reachable_(commits->ReachableFrom(tips)) {
  std::vector<uint32_t> roots = tips;
  roots.insert(roots.end(), kept.begin(), kept.end());
  kept_ = commits->ReachableFrom(roots);
  const size_t count = commits->nodes().size();
  VisitCommits(reachable_, std::vector<bool>(count, false));
  VisitCommits(kept_, reachable_);
  VisitCommits(std::vector<bool>(count, true), kept_);
}

// Visits the trees of the commits that are `wanted` and not `done`.
void Provenance::VisitCommits(const std::vector<bool>& wanted,
                              const std::vector<bool>& done) {
  for (uint32_t i = 0; i < commits_->nodes().size(); ++i) {
    const CommitNode& node = commits_->nodes()[i];
    if (wanted[i] && !done[i] && node.tree != CommitNode::kNone) {
      if (marks_->IsTarget(node.tree)) {
        sightings_[node.tree].push_back({i, ""});
      }
      Visit(node.tree, i, kRootDirectory, 0);
    }
  }
}

// Notes the targets below a tree that no earlier commit has shown there.
void Provenance::Visit(uint32_t tree, uint32_t commit, uint32_t directory,
                       int depth) {
  if (depth > kMaxDepth || !IsNew(tree, directory)) {
    return;
  }
  const auto [begin, end] = containment_->ChildrenOf(tree);
  for (const TreeChild* child = begin; child != end; ++child) {
    const uint64_t key = uint64_t{directory} << 32 | child->name;
    if (WasFirstSeenAs(child->child, key)) {
      continue;
    }
    if (marks_->IsTarget(child->child)) {
      See(child->child, commit, child->name);
    }
    const uint32_t next = static_cast<uint32_t>(directories_.size() + 1);
    const auto [known, added] = directories_.emplace(key, next);
    const uint32_t below = known->second;
    if (added) {
      directory_keys_.push_back(key);
    }
    directory_.push_back(child->name);
    Visit(child->child, commit, below, depth + 1);
    directory_.pop_back();
  }
}

// Most children of a tree were there in an earlier one, under the same name.
bool Provenance::WasFirstSeenAs(uint32_t child, uint64_t directory) const {
  return child < visited_.size() && visited_[child].count > 0 &&
         directory_keys_[visited_[child].first_directory] == directory;
}

// Whether the tree was not visited in that directory yet. One that is in more
// directories than an object's paths are kept of counts as visited: a few small
// trees can name each other in more ways than there is time for.
bool Provenance::IsNew(uint32_t tree, uint32_t directory) {
  if (tree >= visited_.size()) {
    visited_.resize(tree + 1 + visited_.size() / 2);
  }
  Visited& visited = visited_[tree];
  if (visited.count == 0) {
    visited = {directory, 1};
    return true;
  }
  if (visited.first_directory == directory) {
    return false;
  }
  if (visited.count >= kMaxPaths ||
      !visited_again_.emplace(tree, directory).second) {
    return false;
  }
  ++visited.count;
  return true;
}

void Provenance::See(uint32_t object, uint32_t commit, uint32_t name) {
  std::vector<Sighting>& known = sightings_[object];
  if (known.size() >= kMaxPaths) {
    return;
  }
  std::string path = PathOf(name);
  for (const Sighting& sighting : known) {
    if (sighting.path == path) {
      return;
    }
  }
  known.push_back({commit, std::move(path)});
}

std::string Provenance::PathOf(uint32_t name) const {
  std::string path;
  for (uint32_t directory : directory_) {
    path += containment_->name(directory);
    path += '/';
  }
  return path + containment_->name(name);
}

const std::vector<Sighting>& Provenance::SightingsOf(uint32_t object) const {
  const auto found = sightings_.find(object);
  return found == sightings_.end() ? kNoSightings : found->second;
}

const Sighting* Provenance::KeptSighting(uint32_t object) const {
  for (const Sighting& sighting : SightingsOf(object)) {
    if (kept_[sighting.commit]) {
      return &sighting;
    }
  }
  return nullptr;
}

std::vector<std::pair<uint32_t, std::string>> Provenance::TargetsIn(
    uint32_t tree) const {
  std::vector<std::pair<uint32_t, std::string>> found;
  std::vector<std::pair<uint32_t, std::string>> open = {{tree, ""}};
  while (!open.empty()) {
    const auto [at, directory] = std::move(open.back());
    open.pop_back();
    if (std::count(directory.begin(), directory.end(), '/') > kMaxDepth) {
      continue;
    }
    const auto [begin, end] = containment_->ChildrenOf(at);
    for (const TreeChild* child = begin; child != end; ++child) {
      const std::string path = directory + containment_->name(child->name);
      if (marks_->IsTarget(child->child)) {
        found.emplace_back(child->child, path);
      }
      open.emplace_back(child->child, path + "/");
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

FindingHistory::FindingHistory(
    const Containment* containment, const CommitGraph* commits,
    const std::unordered_map<uint32_t, std::vector<uint32_t>>* findings_of)
    : containment_(containment), commits_(commits), findings_of_(findings_of) {
  sets_.push_back(std::make_unique<std::vector<uint32_t>>());
  const std::vector<CommitNode>& nodes = commits->nodes();
  set_of_commit_.assign(nodes.size(), 0);
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].tree != CommitNode::kNone) {
      set_of_commit_[i] = SetOfTree(nodes[i].tree, 0);
    }
    const auto is_the_same = [&](uint32_t parent) {
      return set_of_commit_[parent] == set_of_commit_[i];
    };
    if (std::any_of(nodes[i].parents.begin(), nodes[i].parents.end(),
                    is_the_same)) {
      continue;
    }
    // What no parent has.
    std::vector<uint32_t> set = *sets_[set_of_commit_[i]];
    for (uint32_t parent : nodes[i].parents) {
      std::vector<uint32_t> rest;
      const std::vector<uint32_t>& had = *sets_[set_of_commit_[parent]];
      std::set_difference(set.begin(), set.end(), had.begin(), had.end(),
                          std::back_inserter(rest));
      set = std::move(rest);
    }
    for (uint32_t finding : set) {
      introductions_.emplace_back(i, finding);
    }
  }
}

uint32_t FindingHistory::SetOfTree(uint32_t tree, int depth) {
  if (tree >= set_of_tree_.size()) {
    set_of_tree_.resize(tree + 1 + set_of_tree_.size() / 2, kUnknown);
  }
  if (set_of_tree_[tree] != kUnknown) {
    return set_of_tree_[tree];
  }
  if (depth > kMaxDepth) {
    return 0;
  }
  std::vector<uint32_t> parts;
  const auto own = findings_of_->find(tree);  // in its names
  if (own != findings_of_->end()) {
    parts.push_back(Intern(own->second));
  }
  const auto [begin, end] = containment_->ChildrenOf(tree);
  for (const TreeChild* child = begin; child != end; ++child) {
    const uint32_t part = SetOfTree(child->child, depth + 1);
    if (part != 0) {
      parts.push_back(part);
    }
  }
  const uint32_t number = Union(std::move(parts));
  set_of_tree_[tree] = number;
  return number;
}

// The number of the union of sets. Trees that follow each other mostly have
// the same ones.
uint32_t FindingHistory::Union(std::vector<uint32_t> parts) {
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  if (parts.size() < 2) {
    return parts.empty() ? 0 : parts[0];
  }
  const auto [known, added] = unions_.emplace(parts, 0);
  if (added) {
    std::vector<uint32_t> set;
    for (const uint32_t part : parts) {
      set.insert(set.end(), sets_[part]->begin(), sets_[part]->end());
    }
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    known->second = Intern(std::move(set));
  }
  return known->second;
}

uint32_t FindingHistory::Intern(std::vector<uint32_t> set) {
  if (set.empty()) {
    return 0;
  }
  std::vector<uint32_t>& same_hash = set_numbers_[HashOf(set)];
  for (uint32_t number : same_hash) {
    if (*sets_[number] == set) {
      return number;
    }
  }
  const uint32_t number = static_cast<uint32_t>(sets_.size());
  sets_.push_back(std::make_unique<std::vector<uint32_t>>(std::move(set)));
  same_hash.push_back(number);
  return number;
}

const std::vector<uint32_t>& FindingHistory::FindingsIn(uint32_t commit) const {
  return *sets_[set_of_commit_[commit]];
}

std::vector<uint32_t> FindingHistory::Removals(uint32_t head,
                                               size_t finding_count) const {
  std::vector<uint32_t> removed(finding_count, kNever);
  const std::vector<CommitNode>& nodes = commits_->nodes();
  for (uint32_t at = head; !nodes[at].parents.empty();) {
    const uint32_t parent = nodes[at].parents[0];
    if (set_of_commit_[at] != set_of_commit_[parent]) {
      const std::vector<uint32_t>& now = FindingsIn(at);
      for (uint32_t finding : FindingsIn(parent)) {
        if (removed[finding] == kNever &&
            !std::binary_search(now.begin(), now.end(), finding)) {
          removed[finding] = at;
        }
      }
    }
    at = parent;
  }
  return removed;
}

}  // namespace keysift
