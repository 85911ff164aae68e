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
  NameRoots();
  progress_->phase = "reading trees";
  ReadTrees();
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
  auto name = [this](const ObjectId& id) {
    const uint32_t number = marks_.Name(id.raw());
    if (marks_.IsAbsent(number)) {
      root_absent_.push_back(number);
    }
  };
  for (const Ref& ref : objects_->refs.refs()) {
    if (!ref.is_dangling()) {
      name(ref.id);
    }
  }
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

void HistoryScan::BuildHistory() {
  std::vector<CommitNode> nodes;
  std::vector<const TreeScan*> trees;
  for (std::unique_ptr<ObjectScan>& worker : workers_) {
    std::vector<CommitNode>& part = worker->commits();
    std::move(part.begin(), part.end(), std::back_inserter(nodes));
    part.clear();
    trees.push_back(&worker->trees());
    tag_targets_.insert(worker->tags().begin(), worker->tags().end());
  }
  for (const CommitNode& node : nodes) {
    for (uint32_t parent : node.parents) {
      if (marks_.IsAbsent(parent)) {
        absent_links_.push_back({node.object, parent});
      }
    }
  }
  commits_ = CommitGraph::Build(std::move(nodes));
  std::vector<uint32_t> positions;
  for (const Ref& ref : objects_->refs.refs()) {
    const uint32_t position = CommitOf(ref.id);
    if (position == CommitNode::kNone) {
      continue;
    }
    positions.push_back(position);
    if (ref.name == "HEAD") {
      head_ = position;
    } else if (ref.name.starts_with("refs/")) {
      tips_.push_back({ref.name, position});
    }
  }
  containment_ = Containment::Build(store(), marks_, trees);
  provenance_ = std::make_unique<Provenance>(&containment_, &commits_, &marks_,
                                             positions);
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
  const ObjectId& id = marks_.absent(absent - store().count());
  Gap gap;
  gap.kind = objects_->repository.is_partial_clone() || objects_->promisor_packs
                 ? GapKind::kPromised
                 : GapKind::kMissing;
  gap.what = "object " + id.ToHex();
  gap.where = std::move(where);
  gap.detail = "named by the history and nowhere to be found";
  gaps_.push_back(std::move(gap));
  ++absent_count_;
}

void HistoryScan::FindGaps() {
  gaps_ = objects_->gaps;
  for (std::unique_ptr<ObjectScan>& worker : workers_) {
    gaps_.insert(gaps_.end(), worker->gaps().begin(), worker->gaps().end());
  }
  for (uint32_t absent : root_absent_) {
    AddAbsent(absent, "a ref");
  }
  const std::vector<ObjectId>& shallow = objects_->repository.shallow_commits();
  for (const AbsentLink& link : absent_links_) {
    const uint32_t position = commits_.Position(link.commit);
    if (position == CommitNode::kNone ||
        !provenance_->IsReachableCommit(position)) {
      continue;
    }
    const ObjectId commit = store().id(link.commit);
    if (std::find(shallow.begin(), shallow.end(), commit) == shallow.end()) {
      AddAbsent(link.absent, "parent of commit " + commit.ToHex());
      continue;
    }
    Gap gap;
    gap.kind = GapKind::kShallow;
    gap.what = "history before commit " + commit.ToHex();
    gap.detail = "the clone is shallow: older commits were left out";
    gaps_.push_back(std::move(gap));
  }
  for (uint32_t i = 0; i < marks_.absent_count(); ++i) {
    const uint32_t absent = store().count() + i;
    if (provenance_->IsReachable(absent)) {
      const Sighting& sighting = provenance_->SightingsOf(absent)[0];
      const uint32_t commit = commits_.nodes()[sighting.commit].object;
      AddAbsent(absent, "commit " + store().id(commit).ToHex() +
                            (sighting.path.empty() ? "" : ": ") +
                            sighting.path);
    }
  }
}

FindingSet HistoryScan::TakeFindings() {
  FindingSet all;
  for (std::unique_ptr<ObjectScan>& worker : workers_) {
    all.Merge(std::move(worker->texts().findings()));
  }
  return all;
}

void HistoryScan::FillCoverage(Coverage* coverage) const {
  coverage->objects_total = store().count() + absent_count_;
  coverage->objects_absent = absent_count_;
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
