// SPDX-License-Identifier: Apache-2.0
//
// A whole repository, step by step:
//   texts   every blob, commit and tag in delta order; commits and tags name
//           what they point to
//   roots   refs, reflogs and HEAD name objects too
//   trees   every tree, what is new in it; names are texts as well. From here
//           on all objects that anything names are marked, and ids that are
//           named and not there are known
//   history the commits in order, which trees hold what was found
//   gaps    what is absent and can be reached from a ref
// Each step runs on all workers and is joined before the next one begins.
#include "scan/history_scan.h"

#include <algorithm>
#include <utility>

#include "base/parallel.h"
#include "scan/coverage_digest.h"
#include "scan/work_list.h"

namespace keysift {

HistoryScan::HistoryScan(const RepositoryObjects* objects,
                         const ScanOptions* options, const ScanEngine* engine,
                         const Verifier* verifier, ScanProgress* progress)
    : objects_(objects),
      options_(options),
      engine_(engine),
      verifier_(verifier),
      progress_(progress),
      threads_(options->threads != 0 ? options->threads : UsableProcessors()),
      marks_(&objects->store) {}

Result<void> HistoryScan::Run() {
  Result<void> created = CreateWorkers();
  if (!created) {
    return created;
  }
  progress_->objects_total += store().count();
  progress_->phase = "scanning";
  ScanTexts();
  for (const std::unique_ptr<ObjectScan>& worker : workers_) {
    if (worker->self_check_error()) {
      return tl::unexpected(*worker->self_check_error());
    }
  }
  NameRoots();
  progress_->phase = "reading trees";
  ReadTrees();
  CheckDangling();
  progress_->phase = "tracing history";
  BuildHistory();
  FindGaps();
  return {};
}

Result<void> HistoryScan::CreateWorkers() {
  const TextScanner::Shared texts{engine_->rules, verifier_, options_};
  ObjectScan::Shared shared;
  shared.store = &objects_->store;
  shared.marks = &marks_;
  shared.options = options_;
  shared.progress = progress_;
  shared.memory = options_->memory_budget / threads_;
  for (unsigned i = 0; i < threads_; ++i) {
    Result<TextScanner> scanner =
        TextScanner::Create(texts, *engine_->patterns);
    if (!scanner) {
      return tl::unexpected(std::move(scanner.error()));
    }
    workers_.push_back(
        std::make_unique<ObjectScan>(shared, std::move(*scanner)));
    if (options_->self_check > 0) {
      Result<TextScanner> second =
          TextScanner::Create(texts, *engine_->patterns);
      if (!second) {
        return tl::unexpected(std::move(second.error()));
      }
      workers_.back()->CheckSelf(
          SelfCheck(std::move(*second), options_->self_check));
    }
  }
  return {};
}

void HistoryScan::ScanTexts() {
  const std::vector<WorkItem> work = ListWork(store(), false);
  ParallelFor(threads_, work.size(), [&](size_t item, unsigned worker) {
    workers_[worker]->ScanTexts(work[item]);
  });
}

void HistoryScan::NameRoots() {
  for (const Ref& ref : objects_->refs.refs()) {
    // What a pseudo-ref names may be gone: git does not keep it.
    if (ref.is_dangling() || ref.is_pseudo) {
      continue;
    }
    const uint32_t number = marks_.Name(ref.id.raw());
    if (marks_.IsAbsent(number)) {
      absent_roots_.push_back({"ref " + ref.name, number});
    } else if (store().type(number) == ObjectType::kTree) {
      tree_roots_.push_back(number);
    }
  }
  for (const Reflog& log : objects_->reflogs.logs) {
    for (const ObjectId& id : log.ids) {
      if (store().Find(id)) {
        marks_.Name(id.raw());
      }
    }
  }
  NameStaged();
}

void HistoryScan::NameStaged() {
  for (const StagingArea& area : objects_->staging) {
    for (const IndexEntry& entry : area.index.entries()) {
      if (entry.kind() == EntryKind::kGitlink || entry.intent_to_add()) {
        continue;
      }
      const uint32_t number = marks_.Name(entry.raw_id());
      if (marks_.IsAbsent(number)) {
        absent_roots_.push_back(
            {area.path + ": " + std::string(entry.path()), number});
      } else if (entry.kind() == EntryKind::kTree) {
        tree_roots_.push_back(number);
      }
    }
  }
}

// An index that makes up an id hides an object's true one: nothing names what
// it made up. Most repositories have few objects like that.
void HistoryScan::CheckDangling() {
  std::vector<uint32_t> dangling;
  for (uint32_t i = 0; i < store().first_loose(); ++i) {
    if (!marks_.Has(i, ObjectMarks::kNamed) && store().FirstCopy(i) == i) {
      dangling.push_back(i);
    }
  }
  dangling_count_ = dangling.size();
  ParallelFor(threads_, dangling.size(), [&](size_t item, unsigned worker) {
    if (!progress_->cancelled) {
      workers_[worker]->CheckId(dangling[item]);
    }
  });
}

bool HistoryScan::AnyTargets() const {
  return marks_.absent_count() > 0 ||
         std::any_of(workers_.begin(), workers_.end(),
                     [](const std::unique_ptr<ObjectScan>& worker) {
                       return worker->texts().findings().size() > 0;
                     });
}

void HistoryScan::ReadTrees() {
  const std::vector<WorkItem> work = ListWork(store(), true);
  // Provenance needs more of the trees; without anything to trace it is not
  // asked for. If the trees themselves then turn something up, read them again.
  for (bool record = AnyTargets();; record = true) {
    for (std::unique_ptr<ObjectScan>& worker : workers_) {
      worker->StartTrees(record);
    }
    ParallelFor(threads_, work.size(), [&](size_t item, unsigned worker) {
      workers_[worker]->ScanTrees(work[item]);
    });
    if (record || !AnyTargets()) {
      return;
    }
  }
}

void HistoryScan::JoinWorkers(std::vector<CommitNode>* nodes) {
  for (std::unique_ptr<ObjectScan>& worker : workers_) {
    std::vector<CommitNode>& part = worker->commits();
    std::move(part.begin(), part.end(), std::back_inserter(*nodes));
    part.clear();
    tag_targets_.insert(worker->tags().begin(), worker->tags().end());
  }
  for (const CommitNode& node : *nodes) {
    for (uint32_t parent : node.parents) {
      if (marks_.IsAbsent(parent)) {
        absent_links_.push_back({node.object, parent});
      }
    }
  }
  for (const auto& [tag, target] : tag_targets_) {
    if (!marks_.Has(tag, ObjectMarks::kNamed)) {
      continue;
    }
    if (marks_.IsAbsent(target)) {
      absent_roots_.push_back({"tag " + store().id(tag).ToHex(), target});
    } else if (marks_.Has(target, ObjectMarks::kTree)) {
      tree_roots_.push_back(target);
    }
  }
}

// Where refs and reflogs stand in the history.
void HistoryScan::PlaceTips(std::vector<uint32_t>* tips,
                            std::vector<uint32_t>* kept) {
  for (const Ref& ref : objects_->refs.refs()) {
    const uint32_t position = CommitOf(ref.id);
    if (position == CommitNode::kNone || ref.is_pseudo) {
      continue;
    }
    tips->push_back(position);
    if (ref.name == "HEAD") {
      head_ = position;
    }
    // A HEAD on a branch says nothing that the branch does not.
    if (ref.name.starts_with("refs/") || !ref.is_symbolic()) {
      tips_.push_back({ref.name, position});
    }
  }
  const std::vector<bool> reached = commits_.ReachableFrom(*tips);
  for (const Reflog& log : objects_->reflogs.logs) {
    for (const ObjectId& id : log.ids) {
      const uint32_t position = CommitOf(id);
      if (position != CommitNode::kNone && !reached[position]) {
        kept->push_back(position);
        tips_.push_back({"reflog of " + log.ref, position});
      }
    }
  }
}

void HistoryScan::BuildHistory() {
  std::vector<CommitNode> nodes;
  JoinWorkers(&nodes);
  commits_ = CommitGraph::Build(std::move(nodes));
  std::vector<uint32_t> tips;
  std::vector<uint32_t> kept;
  PlaceTips(&tips, &kept);
  std::vector<const TreeScan*> trees;
  for (const std::unique_ptr<ObjectScan>& worker : workers_) {
    trees.push_back(&worker->trees());
  }
  containment_ = Containment::Build(store(), marks_, trees);
  provenance_ = std::make_unique<Provenance>(&containment_, &commits_, &marks_,
                                             tips, kept);
}

// The commit that an id leads to, through annotated tags.
uint32_t HistoryScan::CommitOf(const ObjectId& id) const {
  constexpr int kMaxTags = 64;
  std::optional<uint32_t> number = store().Find(id);
  for (int step = 0; number && step < kMaxTags; ++step) {
    const auto tag = tag_targets_.find(*number);
    if (tag == tag_targets_.end()) {
      return commits_.Position(*number);
    }
    number = tag->second;
  }
  return CommitNode::kNone;
}

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
  uint64_t count = 0;
  std::string first;
  for (uint32_t i = 0; i < store().count(); ++i) {
    if (marks_.Has(i, ObjectMarks::kLfs)) {
      const std::string id = store().id(i).ToHex();
      first = count++ == 0 || id < first ? id : first;
    }
  }
  if (count > 0) {
    Gap gap;
    gap.kind = GapKind::kLfs;
    gap.what = std::to_string(count) +
               (count == 1 ? " Git LFS pointer" : " Git LFS pointers");
    gap.where = "object " + first + (count == 1 ? "" : " and others");
    gap.detail = "the contents that they stand for are not in the repository";
    gaps_.push_back(std::move(gap));
  }
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
  AddUnread();
  AddAbsentRoots();
  AddAbsentParents();
  AddAbsentInTrees();
  AddPointers();
}

bool HistoryScan::has_gitlinks() const {
  return std::any_of(workers_.begin(), workers_.end(),
                     [](const std::unique_ptr<ObjectScan>& worker) {
                       return worker->trees().saw_gitlink();
                     });
}

FindingSet HistoryScan::TakeFindings() {
  FindingSet all;
  for (std::unique_ptr<ObjectScan>& worker : workers_) {
    all.Merge(std::move(worker->texts().findings()));
  }
  return all;
}

void HistoryScan::FillCoverage(Coverage* coverage) const {
  const uint64_t present = store().count() - store().further_copies();
  coverage->objects_total = present + absent_.size();
  coverage->objects_absent = absent_.size();
  // If something names each object, then refs, reflogs and indexes reach all.
  coverage->objects_reachable = dangling_count_ == 0 ? present : 0;
  coverage->digest = DigestOf(marks_);
  coverage->refs = objects_->refs.refs().size();
  std::unordered_set<uint64_t> below;
  for (const std::unique_ptr<ObjectScan>& worker : workers_) {
    coverage->objects_scanned += worker->objects_scanned();
    coverage->bytes_scanned += worker->bytes_scanned();
    coverage->suppressed_inline += worker->texts().inline_allowed();
    below.insert(worker->texts().below_confidence().begin(),
                 worker->texts().below_confidence().end());
  }
  coverage->below_confidence += below.size();
  coverage->bytes_total = coverage->bytes_scanned;
  for (const Gap& gap : gaps_) {
    coverage->bytes_total += gap.bytes;
  }
}

}  // namespace keysift
