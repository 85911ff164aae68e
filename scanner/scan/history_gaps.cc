// SPDX-License-Identifier: Apache-2.0
//
// What a history scan could not look at. What is in the store and was not read
// is one half; the other is what something names and the store does not have.
// The ids that trees, commits and tags name were all looked up on the way, so
// only if any was absent is it asked whether a ref, a reflog or an index leads
// there: what nothing leads to may be gone for good reason (git gc).
// Test: tests/scan/damage_test.cc.
#include <algorithm>
#include <utility>

#include "scan/encrypted_texts.h"
#include "scan/history_scan.h"

namespace keysift {

void HistoryScan::AddAbsent(uint32_t absent, std::string where) {
  if (!absent_.insert(absent).second) {
    return;
  }
  const ObjectId& id = marks_.absent(absent - store().count());
  Gap gap;
  gap.kind = objects_->repository.is_partial_clone() || objects_->promisor_packs
                 ? GapKind::kPromised
                 : GapKind::kMissing;
  gap.what = "object " + id.ToHex();
  gap.where = std::move(where);
  gap.detail = "named there and nowhere to be found";
  gaps_.push_back(std::move(gap));
}

// A copy that cannot be read is a gap unless another one was read. (Of a tree
// whose first copy is lost it is not known what leads to it: always a gap.)
void HistoryScan::AddLost(uint32_t number, const Gap& gap) {
  const uint32_t first = store().FirstCopy(number);
  const bool first_tree =
      number == first && marks_.Has(first, ObjectMarks::kTree);
  if (!marks_.Has(first, ObjectMarks::kScanned) || first_tree) {
    gaps_.push_back(gap);
  }
}

// Texts of which not all was decoded.
void HistoryScan::AddLimits() {
  for (const std::unique_ptr<PackFacts>& facts : facts_) {
    if (facts == nullptr) {
      continue;
    }
    for (const auto& [copy, limits] : facts->limits) {
      if (store().FirstCopy(copy) == copy) {
        gaps_.push_back(
            GapOfLimits(limits, "object " + store().id(copy).ToHex()));
      }
    }
  }
}

// Proof that nothing was passed over: what was neither read nor reported.
void HistoryScan::AddUnread() {
  if (progress_->cancelled) {
    return;
  }
  for (uint32_t i = 0; i < store().count(); ++i) {
    if (!marks_.Has(store().FirstCopy(i), ObjectMarks::kScanned) &&
        !marks_.Has(i, ObjectMarks::kLost)) {
      Gap gap;
      gap.what = "object " + store().id(i).ToHex();
      gap.detail = "was not read";
      gaps_.push_back(std::move(gap));
    }
  }
}

void HistoryScan::AddAbsentRoots() {
  std::sort(absent_roots_.begin(), absent_roots_.end(),
            [](const AbsentRoot& a, const AbsentRoot& b) {
              return a.where < b.where;
            });
  for (AbsentRoot& root : absent_roots_) {
    AddAbsent(root.absent, std::move(root.where));
  }
}

void HistoryScan::AddAbsentParents() {
  const std::vector<ObjectId>& shallow = objects_->repository.shallow_commits();
  std::sort(absent_links_.begin(), absent_links_.end(),
            [](const AbsentLink& a, const AbsentLink& b) {
              return a.commit < b.commit;
            });
  uint32_t border = CommitNode::kNone;  // the last that was reported
  for (const AbsentLink& link : absent_links_) {
    const uint32_t position = commits_.Position(link.commit);
    if (position == CommitNode::kNone || !provenance_->IsKeptCommit(position)) {
      continue;
    }
    const ObjectId commit = store().id(link.commit);
    const bool is_border =
        std::find(shallow.begin(), shallow.end(), commit) != shallow.end();
    // The border moves with each fetch; a reflog may be left behind it.
    const bool is_old_border =
        !shallow.empty() && !provenance_->IsReachableCommit(position);
    if (!is_border && !is_old_border) {
      AddAbsent(link.absent, "parent of commit " + commit.ToHex());
      continue;
    }
    if (link.commit == border) {
      continue;
    }
    border = link.commit;
    Gap gap;
    gap.kind = GapKind::kShallow;
    gap.what = "history before commit " + commit.ToHex();
    gap.detail = "the clone is shallow: older commits were left out";
    gaps_.push_back(std::move(gap));
  }
}

void HistoryScan::AddAbsentInTrees() {
  for (uint32_t i = 0; i < marks_.absent_count(); ++i) {
    const uint32_t absent = store().count() + i;
    const Sighting* sighting = provenance_->KeptSighting(absent);
    if (sighting != nullptr) {
      const uint32_t commit = commits_.nodes()[sighting->commit].object;
      AddAbsent(absent, "commit " + store().id(commit).ToHex() +
                            (sighting->path.empty() ? "" : ": ") +
                            sighting->path);
    }
  }
  if (marks_.absent_count() == absent_.size()) {
    return;
  }
  std::sort(tree_roots_.begin(), tree_roots_.end());
  tree_roots_.erase(std::unique(tree_roots_.begin(), tree_roots_.end()),
                    tree_roots_.end());
  for (uint32_t root : tree_roots_) {
    for (const auto& [object, path] : provenance_->TargetsIn(root)) {
      if (marks_.IsAbsent(object)) {
        AddAbsent(object, "tree " + store().id(root).ToHex() + ": " + path);
      }
    }
  }
}

// The pointers were read as the texts that they are; what they point to is on
// a server, or was looked at as a file on disk at best.
void HistoryScan::AddPointers() {
  std::set<ObjectId> pointers;
  for (const std::unique_ptr<PackFacts>& facts : facts_) {
    for (const uint32_t copy :
         facts == nullptr ? std::vector<uint32_t>() : facts->pointers) {
      pointers.insert(store().id(copy));
    }
  }
  if (!pointers.empty()) {
    const bool is_one = pointers.size() == 1;
    Gap gap;
    gap.kind = GapKind::kLfs;
    gap.what = std::to_string(pointers.size()) +
               (is_one ? " Git LFS pointer" : " Git LFS pointers");
    gap.where =
        "object " + pointers.begin()->ToHex() + (is_one ? "" : " and others");
    gap.detail = "the contents that they stand for are not in the repository";
    gaps_.push_back(std::move(gap));
  }
}

void HistoryScan::AddEncrypted() {
  EncryptedTexts encrypted;
  for (const std::unique_ptr<PackFacts>& facts : facts_) {
    for (size_t i = 0; facts != nullptr && i < facts->encrypted.size(); ++i) {
      const auto& [copy, how] = facts->encrypted[i];
      encrypted.Add("object " + store().id(copy).ToHex(), how);
    }
  }
  encrypted.AddGap(&gaps_);
}

// How many objects refs, reflogs and indexes lead to, if that can be told
// without walking from them: all that something names, if what nothing names is
// only blobs, which lead nowhere. (Naming has no circles, so each chain of
// names begins at a ref, a reflog, an index, or at an object that nothing
// names.)
std::optional<uint64_t> HistoryScan::CountReachable() const {
  uint64_t reachable = 0;
  for (uint32_t i = 0; i < store().count(); ++i) {
    if (store().FirstCopy(i) != i) {
      continue;
    }
    const bool is_named = marks_.Has(i, ObjectMarks::kNamed);
    if (!marks_.Has(i, ObjectMarks::kScanned)) {
      return std::nullopt;  // what it names is not known
    }
    if (!is_named &&
        (marks_.Has(i, ObjectMarks::kTree) || tag_targets_.count(i) > 0 ||
         commits_.Position(i) != CommitNode::kNone)) {
      return std::nullopt;
    }
    reachable += is_named ? 1 : 0;
  }
  return reachable;
}

void HistoryScan::FindGaps() {
  gaps_ = objects_->gaps;
  for (const LostObject& lost : objects_->lost) {
    const std::optional<uint32_t> number = store().Find(lost.id);
    if (number) {
      marks_.Set(*number, ObjectMarks::kLost);
      AddLost(*number, lost.gap);
    }
  }
  for (const std::unique_ptr<ObjectScan>& worker : workers_) {
    gaps_.insert(gaps_.end(), worker->gaps().begin(), worker->gaps().end());
    for (const ObjectScan::LostCopy& lost : worker->lost()) {
      AddLost(lost.number, lost.gap);
    }
  }
  AddLimits();
  AddUnread();
  AddAbsentRoots();
  AddAbsentParents();
  AddAbsentInTrees();
  AddPointers();
  AddEncrypted();
}

}  // namespace keysift
