// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "git/object_store.h"
#include "scan/commit_graph.h"
#include "scan/object_marks.h"
#include "scan/tree_child.h"
#include "scan/tree_scan.h"

namespace keysift {

// What is known of the trees of a pack that were not read (scan/pack_notes.h):
// which of them hold what on the way to the targets that it has itself.
struct KnownTrees {
  uint32_t first = 0;  // the pack's objects are [first, first + count)
  uint32_t count = 0;
  std::vector<TreeChild> children;  // names are in `names`
  std::vector<std::string> names;
  std::vector<uint32_t> others;   // of these objects nothing is known; sorted
  std::vector<uint32_t> targets;  // sorted
  std::vector<uint32_t> outside;  // what its trees name elsewhere; sorted
};

// Which trees hold which targets (objects with findings, absent objects), by
// name, from the events that TreeScans recorded. Built once, then read-only.
class Containment {
 public:
  // Takes the events of all workers, and what is known of trees that were not
  // read. That may not suffice: they name a target of another pack, or what
  // leads to one, or have a target that is not known. Then `unknown` gets the
  // positions of such in `known`: they have to be read, and this be built anew.
  static Containment Build(const ObjectStore& store, const ObjectMarks& marks,
                           const std::vector<const TreeScan*>& scans,
                           unsigned threads = 1,
                           const std::vector<const KnownTrees*>& known = {},
                           std::vector<size_t>* unknown = nullptr);

  // The children of a tree that are targets or lead to one, in a fixed order.
  std::pair<const TreeChild*, const TreeChild*> ChildrenOf(uint32_t tree) const;
  const std::string& name(uint32_t number) const { return names_.name(number); }
  // All of them, by tree.
  std::span<const TreeChild> children() const { return children_; }

 private:
  struct Event {
    uint32_t child = 0;
    uint32_t name = 0;
    uint32_t tree = 0;
    int32_t change = 0;
    auto operator<=>(const Event&) const = default;
  };
  class Builder;

  std::vector<TreeChild> children_;  // sorted
  // By tree, and one more; or empty.
  std::vector<uint32_t> first_child_;
  NameTable names_;
};

// Where a target was first seen under one path.
struct Sighting {
  static constexpr uint32_t kNoCommit = UINT32_MAX;
  uint32_t commit = kNoCommit;  // position in the CommitGraph
  std::string path;
};

// What history says of the targets.
class Provenance {
 public:
  // At most this many paths are kept of one object.
  static constexpr size_t kMaxPaths = 16;

  // `tips`: positions of the commits that refs point at; `kept`: those that
  // only reflogs hold. Commits that the first reach come first, those of the
  // second next, and those that nothing reaches last.
  Provenance(const Containment* containment, const CommitGraph* commits,
             const ObjectMarks* marks, const std::vector<uint32_t>& tips,
             const std::vector<uint32_t>& kept);

  // In the order of commits; empty if no commit's tree holds the object.
  const std::vector<Sighting>& SightingsOf(uint32_t object) const;
  // The first sighting in a commit that a ref or a reflog reaches; null if
  // there is none.
  const Sighting* KeptSighting(uint32_t object) const;
  bool IsReachableCommit(uint32_t position) const {
    return reachable_[position];
  }
  // Whether a ref or a reflog reaches it.
  bool IsKeptCommit(uint32_t position) const { return kept_[position]; }
  // All targets in one tree with their paths.
  std::vector<std::pair<uint32_t, std::string>> TargetsIn(uint32_t tree) const;

 private:
  void VisitCommits(const std::vector<bool>& wanted,
                    const std::vector<bool>& done);
  // Where a tree was visited, and in how many directories.
  struct Visited {
    uint32_t first_directory = 0;
    uint32_t count = 0;
  };

  void Visit(uint32_t tree, uint32_t commit, uint32_t directory, int depth);
  bool IsNew(uint32_t tree, uint32_t directory);
  bool WasFirstSeenAs(uint32_t child, uint64_t directory) const;
  void See(uint32_t object, uint32_t commit, uint32_t name);
  std::string PathOf(uint32_t name) const;

  const Containment* containment_;
  const CommitGraph* commits_;
  const ObjectMarks* marks_;
  std::vector<bool> reachable_;
  std::vector<bool> kept_;           // those, and what reflogs reach
  std::vector<uint32_t> directory_;  // names on the way down
  // Directories by number: (the one above << 32 | name), the root being 0.
  std::unordered_map<uint64_t, uint32_t> directories_;
  std::vector<uint64_t> directory_keys_ = {UINT64_MAX};    // the way back
  std::vector<Visited> visited_;                           // by tree
  std::set<std::pair<uint32_t, uint32_t>> visited_again_;  // tree, directory
  std::unordered_map<uint32_t, std::vector<Sighting>> sightings_;
};

// Which findings each commit's tree holds, as sets that are compared by number.
// Findings are numbers below 2^32 given by the caller.
class FindingHistory {
 public:
  static constexpr uint32_t kNever = UINT32_MAX;

  // `findings_of`: for each target object, its findings, sorted.
  FindingHistory(
      const Containment* containment, const CommitGraph* commits,
      const std::unordered_map<uint32_t, std::vector<uint32_t>>* findings_of);

  // The commits that brought finding f into their tree though no parent had
  // it, parents first, as (commit position, finding).
  const std::vector<std::pair<uint32_t, uint32_t>>& introductions() const {
    return introductions_;
  }
  // The findings in the tree of a commit, sorted.
  const std::vector<uint32_t>& FindingsIn(uint32_t commit) const;
  // Walks first parents back from `head`: for each finding, the last commit
  // on the way that took it out; kNever if none did.
  std::vector<uint32_t> Removals(uint32_t head, size_t finding_count) const;

 private:
  uint32_t SetOfTree(uint32_t tree, int depth);
  uint32_t Intern(std::vector<uint32_t> set);
  uint32_t Union(std::vector<uint32_t> parts);

  const Containment* containment_;
  const CommitGraph* commits_;
  const std::unordered_map<uint32_t, std::vector<uint32_t>>* findings_of_;
  std::vector<std::unique_ptr<std::vector<uint32_t>>> sets_;  // [0] is empty
  std::unordered_map<uint64_t, std::vector<uint32_t>> set_numbers_;  // by hash
  std::map<std::vector<uint32_t>, uint32_t> unions_;  // of sets, by number
  static constexpr uint32_t kUnknown = UINT32_MAX;
  std::vector<uint32_t> set_of_tree_;  // by tree, as far as one was asked for
  std::vector<uint32_t> set_of_commit_;
  std::vector<std::pair<uint32_t, uint32_t>> introductions_;
};

}  // namespace keysift
