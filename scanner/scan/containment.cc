// SPDX-License-Identifier: Apache-2.0
//
// Which trees hold a target, without reading any tree twice.
//
// TreeScan recorded, against each tree's delta base, which subdirectories and
// targets came in (+1) and which went (-1). A tree holds (child, name) as often
// as the sum of its own changes and all its bases'. In the forest's depth-first
// order the trees that build on T are one stretch that begins with T. So each
// event adds its change to a stretch, and a sweep over the stretches' ends
// gives the trees that hold the child.
//
// From the targets upward: each tree that holds a target leads to one, so the
// trees that hold *it* are asked for next, until commits' root trees are
// reached. Cost: the events of what leads to a target, plus the pairs (tree,
// child) found. Test: tests/scan/provenance_test.cc, against git itself.
#include <algorithm>
#include <span>

#include "base/parallel.h"
#include "scan/provenance.h"

namespace keysift {
namespace {

// For each object number its position in its pack's forest and where the
// stretch of those that build on it ends; and the way back.
struct Positions {
  std::vector<uint32_t> position;     // by object number
  std::vector<uint32_t> stretch_end;  // by position
  std::vector<uint32_t> object;       // by position
};

// What is read singly builds on nothing, and nothing on it.
void PlaceSingly(uint32_t begin, uint32_t end, Positions* out) {
  for (uint32_t i = begin; i < end; ++i) {
    out->position[i] = out->object[i] = i;
    out->stretch_end[i] = i + 1;
  }
}

void PlacePack(const ObjectStore::Pack& pack, Positions* out) {
  const std::vector<PackEntry>& entries = pack.file.entries();
  const std::vector<uint32_t>& order = pack.forest.order();
  std::vector<uint32_t> open;  // places in `order`, stretch not ended yet
  for (uint32_t i = 0; i < order.size(); ++i) {
    const uint32_t at = pack.first + i;
    const uint32_t base = entries[order[i]].base;
    while (!open.empty() && order[open.back()] != base) {
      out->stretch_end[pack.first + open.back()] = at;
      open.pop_back();
    }
    out->object[at] = pack.NumberOf(order[i]);
    out->position[out->object[at]] = at;
    open.push_back(i);
  }
  for (uint32_t i : open) {
    out->stretch_end[pack.first + i] =
        pack.first + static_cast<uint32_t>(order.size());
  }
}

Positions PlaceAll(const ObjectStore& store) {
  Positions places;
  places.position.resize(store.count());
  places.stretch_end.resize(store.count());
  places.object.resize(store.count());
  for (const ObjectStore::Pack& pack : store.packs()) {
    if (pack.file.is_closed()) {
      PlaceSingly(pack.first, pack.first + pack.file.count(), &places);
    } else {
      PlacePack(pack, &places);
    }
  }
  PlaceSingly(store.first_loose(), store.count(), &places);
  return places;
}

}  // namespace

class Containment::Builder {
 public:
  Builder(const ObjectStore& store, const ObjectMarks& marks, unsigned threads,
          Containment* containment)
      : store_(store), marks_(marks), threads_(threads), out_(containment) {}

  void Gather(const std::vector<const TreeScan*>& scans) {
    for (const TreeScan* scan : scans) {
      std::vector<uint32_t> renumbered(scan->names().size());
      for (uint32_t i = 0; i < renumbered.size(); ++i) {
        renumbered[i] = out_->names_.Number(scan->names().name(i));
      }
      for (const TreeEvent& event : scan->events()) {
        events_.push_back(
            {event.child, renumbered[event.name], event.tree, event.change});
      }
    }
    ParallelSort(threads_, std::span(events_));
  }

  void TakeKnown(const std::vector<const KnownTrees*>& known,
                 std::vector<size_t>* unknown) {
    known_ = known;
    is_unknown_.assign(known.size(), false);
    for (size_t i = 0; i < known.size(); ++i) {
      const KnownTrees& trees = *known[i];
      if (HasOtherTargets(trees)) {
        is_unknown_[i] = true;
        continue;
      }
      is_unknown_[i] =
          std::any_of(trees.outside.begin(), trees.outside.end(),
                      [this](uint32_t n) { return marks_.IsTarget(n); });
    }
    Close();
    for (size_t i = 0; i < known.size(); ++i) {
      const std::vector<uint32_t>& outside = known[i]->outside;
      is_unknown_[i] =
          is_unknown_[i] ||
          std::any_of(outside.begin(), outside.end(), [this](uint32_t n) {
            return n < leads_.size() && leads_[n];
          });
    }
    for (size_t i = 0; i < known.size(); ++i) {
      if (is_unknown_[i]) {
        unknown->push_back(i);
      }
    }
  }

  void Close() {
    if (events_.empty() && known_.empty()) {
      return;
    }
    if (!events_.empty()) {
      places_ = PlaceAll(store_);
    }
    leads_.assign(store_.count(), false);
    for (const KnownTrees* trees : known_) {
      AddKnown(*trees);
    }
    // Each target that some tree names is an event's child, or known; what is
    // known to lead to one may be an event's child too.
    for (size_t i = 0; i < events_.size(); ++i) {
      const uint32_t child = events_[i].child;
      if ((i == 0 || child != events_[i - 1].child) &&
          (marks_.IsTarget(child) ||
           (child < leads_.size() && leads_[child]))) {
        pending_.push_back(events_[i].child);
      }
    }
    while (!pending_.empty()) {
      const uint32_t child = pending_.back();
      pending_.pop_back();
      AddHoldersOf(child);
    }
    SortChildren();
    out_->first_child_.assign(uint64_t{store_.count()} + 1, 0);
    for (const TreeChild& child : out_->children_) {
      ++out_->first_child_[child.tree + 1];
    }
    for (size_t i = 1; i < out_->first_child_.size(); ++i) {
      out_->first_child_[i] += out_->first_child_[i - 1];
    }
  }

 private:
  // What was known is mostly in order, and far more than what is new.
  void SortChildren() {
    auto& all = out_->children_;
    const auto unsorted = std::is_sorted_until(all.begin(), all.end());
    ParallelSort(threads_, std::span(unsorted, all.end()));
    std::inplace_merge(all.begin(), unsorted, all.end());
  }

  // Whether a pack holds a target that its notes do not know.
  bool HasOtherTargets(const KnownTrees& trees) const {
    for (uint32_t n = trees.first; n < trees.first + trees.count; ++n) {
      if (marks_.IsTarget(n) &&
          !std::binary_search(trees.targets.begin(), trees.targets.end(), n) &&
          !std::binary_search(trees.others.begin(), trees.others.end(), n)) {
        return true;
      }
    }
    return false;
  }

  void AddKnown(const KnownTrees& trees) {
    out_->children_.reserve(out_->children_.size() + trees.children.size());
    std::vector<uint32_t> renumbered;
    for (const std::string& name : trees.names) {
      renumbered.push_back(out_->names_.Number(name));
    }
    for (const TreeChild& child : trees.children) {
      out_->children_.push_back(
          {child.tree, child.child, renumbered[child.name]});
      leads_[child.tree] = true;
    }
  }

  void AddHoldersOf(uint32_t child) {
    auto at = std::lower_bound(
        events_.begin(), events_.end(), child,
        [](const Event& event, uint32_t value) { return event.child < value; });
    while (at != events_.end() && at->child == child) {
      const uint32_t name = at->name;
      ends_.clear();
      for (; at != events_.end() && at->child == child && at->name == name;
           ++at) {
        const uint32_t position = places_.position[at->tree];
        ends_.emplace_back(position, at->change);
        ends_.emplace_back(places_.stretch_end[position], -at->change);
      }
      Sweep(child, name);
    }
  }

  // Adds the trees in all stretches where the sum of changes is positive.
  void Sweep(uint32_t child, uint32_t name) {
    std::sort(ends_.begin(), ends_.end());
    int64_t held = 0;
    for (size_t i = 0; i < ends_.size(); ++i) {
      held += ends_[i].second;
      if (held <= 0 || i + 1 == ends_.size()) {
        continue;
      }
      for (uint32_t p = ends_[i].first; p < ends_[i + 1].first; ++p) {
        const uint32_t tree = places_.object[p];
        out_->children_.push_back({tree, child, name});
        if (!leads_[tree]) {
          leads_[tree] = true;
          pending_.push_back(tree);
        }
      }
    }
  }

  const ObjectStore& store_;
  const ObjectMarks& marks_;
  unsigned threads_;
  Containment* out_;
  std::vector<Event> events_;
  std::vector<const KnownTrees*> known_;
  std::vector<bool> is_unknown_;  // by place in known_
  Positions places_;
  std::vector<bool> leads_;
  std::vector<uint32_t> pending_;
  std::vector<std::pair<uint32_t, int32_t>> ends_;
};

Containment Containment::Build(const ObjectStore& store,
                               const ObjectMarks& marks,
                               const std::vector<const TreeScan*>& scans,
                               unsigned threads,
                               const std::vector<const KnownTrees*>& known,
                               std::vector<size_t>* unknown) {
  Containment containment;
  Builder builder(store, marks, threads, &containment);
  builder.Gather(scans);
  if (known.empty()) {
    builder.Close();
  } else {
    builder.TakeKnown(known, unknown);
  }
  return containment;
}

std::pair<const TreeChild*, const TreeChild*> Containment::ChildrenOf(
    uint32_t tree) const {
  const TreeChild* base = children_.data();
  if (uint64_t{tree} + 1 >= first_child_.size()) {
    return {base, base};  // an absent object, or nothing is held anywhere
  }
  return {base + first_child_[tree], base + first_child_[tree + 1]};
}

}  // namespace keysift
