// SPDX-License-Identifier: Apache-2.0
//
// A whole repository, step by step:
//   notes   packs that are known from an earlier scan need not be read
//           (scan/history_known.cc)
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
namespace {

// Objects that one thread reads singly at a time.
constexpr size_t kSingleAtOnce = 64;

}  // namespace

HistoryScan::HistoryScan(RepositoryObjects* objects, const ScanOptions* options,
                         const ScanEngine* engine, const Verifier* verifier,
                         ScanProgress* progress, const SpelledIds* spelled)
    : objects_(objects),
      options_(options),
      engine_(engine),
      verifier_(verifier),
      progress_(progress),
      spelled_(spelled),
      threads_(options->ThreadCount()),
      marks_(&objects->store) {}

Result<void> HistoryScan::Run() {
  Result<void> created = CreateWorkers();
  if (!created) {
    return created;
  }
  progress_->objects_total += store().count();
  UseNotes();
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
  for (const StagingArea& area : objects_->staging) {
    workers_[0]->ScanStagedNames(area.index);
  }
  CheckDoubtful();
  progress_->phase = "tracing history";
  BuildHistory();
  FindGaps();
  CountBelowConfidence();
  KeepNotes();
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
  shared.with_links = options_->UsesNotes();
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
  std::vector<WorkItem> work = ListWork(store(), false);
  std::erase_if(
      work, [this](const WorkItem& item) { return IsKnown(item.pack, false); });
  AddOthers(false, &work);
  ParallelFor(threads_, work.size(), [&](size_t item, unsigned worker) {
    workers_[worker]->ScanTexts(work[item]);
  });
}

// What is not known of packs that are. Their trees, unless all trees of the
// pack are read.
void HistoryScan::AddOthers(bool only_trees,
                            std::vector<WorkItem>* work) const {
  for (size_t i = 0; i < known_.size(); ++i) {
    const ObjectStore::Pack& pack = store().packs()[i];
    if (!IsKnown(&pack, only_trees)) {
      continue;
    }
    const std::vector<uint32_t>& rows = known_[i]->others;
    for (size_t begin = 0; begin < rows.size(); begin += kSingleAtOnce) {
      const size_t end = std::min(rows.size(), begin + kSingleAtOnce);
      WorkItem item;
      item.pack = &pack;
      item.rows.assign(rows.begin() + static_cast<int64_t>(begin),
                       rows.begin() + static_cast<int64_t>(end));
      work->push_back(std::move(item));
    }
  }
}

void HistoryScan::NameRoots() {
  for (const Ref& ref : objects_->refs.refs()) {
    // What a pseudo-ref names may be gone: git does not keep it.
    if (ref.is_dangling() || ref.is_pseudo) {
      continue;
    }
    const uint32_t number = marks_.Name(ref.id.raw(), ObjectMarks::kNamedElse);
    if (marks_.IsAbsent(number)) {
      absent_roots_.push_back({"ref " + ref.name, number});
    } else if (IsTree(number)) {
      tree_roots_.push_back(number);
    }
  }
  for (const Reflog& log : objects_->reflogs.logs) {
    for (const ObjectId& id : log.ids) {
      if (store().Find(id)) {
        marks_.Name(id.raw(), ObjectMarks::kNamedElse);
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
      const bool is_tree = entry.kind() == EntryKind::kTree;
      const uint32_t number =
          marks_.Name(entry.raw_id(), is_tree ? ObjectMarks::kNamedTree
                                              : ObjectMarks::kNamedFile);
      if (marks_.IsAbsent(number)) {
        absent_roots_.push_back(
            {area.path + ": " + std::string(entry.path()), number});
      } else if (is_tree) {
        tree_roots_.push_back(number);
      }
    }
  }
}

// Whether an object whose id was not computed is one that an index that lies
// would bring about: nothing names an id that is made up, and ids that were
// exchanged may be of different types (all commits and tags were hashed). The
// same of trees that hold a finding in a name.
bool HistoryScan::IsDoubtful(uint32_t number) const {
  const auto has = [&](uint8_t mark) { return marks_.Has(number, mark); };
  const bool is_tree = has(ObjectMarks::kTree);
  return !has(ObjectMarks::kNamed) || has(ObjectMarks::kNamedElse) ||
         has(is_tree ? ObjectMarks::kNamedFile : ObjectMarks::kNamedTree) ||
         (is_tree && has(ObjectMarks::kTarget));
}

// Most repositories have few such objects.
void HistoryScan::CheckDoubtful() {
  constexpr uint32_t kAtOnce = 1u << 14;
  ParallelSlices(threads_, store().first_loose(), kAtOnce,
                 [&](uint32_t begin, uint32_t end, unsigned worker) {
                   for (uint32_t i = begin; i < end && !progress_->cancelled;
                        ++i) {
                     if (!marks_.Has(i, ObjectMarks::kHashed) &&
                         store().FirstCopy(i) == i && IsDoubtful(i)) {
                       workers_[worker]->CheckId(i);
                     }
                   }
                 });
}

bool HistoryScan::AnyTargets() const {
  const auto has_findings = [](const std::unique_ptr<PackFacts>& facts) {
    return facts != nullptr && (facts->texts.findings.size() > 0 ||
                                facts->names.findings.size() > 0);
  };
  return marks_.absent_count() > 0 ||
         std::any_of(facts_.begin(), facts_.end(), has_findings) ||
         std::any_of(workers_.begin(), workers_.end(),
                     [&](const std::unique_ptr<ObjectScan>& worker) {
                       return std::any_of(worker->facts().begin(),
                                          worker->facts().end(), has_findings);
                     });
}

// All trees that have to be read.
std::vector<WorkItem> HistoryScan::UnknownTrees() const {
  std::vector<WorkItem> work = ListWork(store(), true);
  std::erase_if(
      work, [this](const WorkItem& item) { return IsKnown(item.pack, true); });
  AddOthers(true, &work);
  return work;
}

void HistoryScan::ReadTrees() {
  const std::vector<WorkItem> work = UnknownTrees();
  // Provenance needs more of the trees; without anything to trace it is not
  // asked for. If the trees themselves then turn something up, read them again.
  for (bool record = AnyTargets();; record = true) {
    for (std::unique_ptr<ObjectScan>& worker : workers_) {
      worker->StartTrees(record);
    }
    ParallelFor(threads_, work.size(), [&](size_t item, unsigned worker) {
      workers_[worker]->ScanTrees(work[item], true);
    });
    if (record || !AnyTargets()) {
      return;
    }
  }
}

// Known trees that turned out to have to be read, for what they lead to.
void HistoryScan::ReadUnknownTrees(const std::vector<size_t>& packs) {
  for (const size_t pack : packs) {
    objects_->OpenPack(pack, threads_);
  }
  std::vector<WorkItem> work = UnknownTrees();
  const bool read_some = std::any_of(
      packs.begin(), packs.end(),
      [this](size_t pack) { return !known_[pack]->others.empty(); });
  if (read_some) {
    // What was recorded of single trees is not to be recorded once more.
    for (std::unique_ptr<ObjectScan>& worker : workers_) {
      worker->StartTrees(true);
    }
  } else {
    std::erase_if(work, [&](const WorkItem& item) {
      return item.pack == nullptr ||
             std::count(
                 packs.begin(), packs.end(),
                 static_cast<size_t>(item.pack - store().packs().data())) == 0;
    });
  }
  ParallelFor(threads_, work.size(), [&](size_t item, unsigned worker) {
    workers_[worker]->ScanTrees(work[item], false);
  });
}

void HistoryScan::JoinFacts() {
  for (std::unique_ptr<ObjectScan>& worker : workers_) {
    for (size_t i = 0; i < worker->facts().size(); ++i) {
      const std::unique_ptr<PackFacts>& part = worker->facts()[i];
      if (part == nullptr) {
        continue;
      }
      if (facts_[i] == nullptr) {
        facts_[i] = std::make_unique<PackFacts>(std::move(*part));
      } else {
        facts_[i]->Merge(std::move(*part));
      }
    }
  }
  NoteSecrets();
}

void HistoryScan::JoinWorkers(std::vector<CommitNode>* nodes) {
  // What is in no pack has the highest numbers.
  for (size_t step = 1; step <= facts_.size(); ++step) {
    const size_t i = step % facts_.size();
    if (facts_[i] == nullptr) {
      continue;
    }
    std::vector<CommitNode>& part = facts_[i]->commits;
    if (i > 0 && WantsNotes(i - 1)) {
      nodes->insert(nodes->end(), part.begin(), part.end());
    } else if (nodes->empty()) {
      nodes->swap(part);
    } else {
      std::move(part.begin(), part.end(), std::back_inserter(*nodes));
      part.clear();
    }
    tag_targets_.insert(facts_[i]->tags.begin(), facts_[i]->tags.end());
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
  JoinFacts();
  BuildGraphs();
  TakeFindings();
  NamePrints();
  std::vector<uint32_t> tips;
  std::vector<uint32_t> kept;
  PlaceTips(&tips, &kept);
  RunAll(threads_, {[&] { digest_ = DigestOf(marks_); },
                    [&] {
                      provenance_ = std::make_unique<Provenance>(
                          &containment_, &commits_, &marks_, tips, kept);
                    },
                    [&] {
                      changes_ = std::make_unique<FindingHistory>(
                          &containment_, &commits_, &findings_of_);
                    }});
}

// What knows nothing of each other.
void HistoryScan::BuildGraphs() {
  std::vector<CommitNode> nodes;
  JoinWorkers(&nodes);
  std::vector<size_t> unknown;
  RunAll(threads_, {[&] { BuildContainment(&unknown); },
                    [&] { commits_ = CommitGraph::Build(std::move(nodes)); },
                    [&] {
                      for (const ObjectStore::Pack& pack : store().packs()) {
                        pack.file.LetGo();
                      }
                    }});
  while (!unknown.empty()) {
    ReadUnknownTrees(unknown);
    BuildContainment(&unknown);
  }
}

// `unknown`: packs whose trees were not read and had better been. Once they
// are said, they count as read.
void HistoryScan::BuildContainment(std::vector<size_t>* unknown) {
  std::vector<const TreeScan*> scans;
  for (const std::unique_ptr<ObjectScan>& worker : workers_) {
    scans.push_back(&worker->trees());
  }
  std::vector<const KnownTrees*> known;
  std::vector<size_t> packs;
  for (size_t i = 0; i < known_.size(); ++i) {
    if (known_[i] != nullptr && known_[i]->trees_known) {
      known.push_back(&known_[i]->trees);
      packs.push_back(i);
    }
  }
  std::vector<size_t> lacking;
  containment_ =
      Containment::Build(store(), marks_, scans, threads_, known, &lacking);
  unknown->clear();
  for (const size_t i : lacking) {
    unknown->push_back(packs[i]);
    known_[packs[i]]->trees_known = false;
  }
}

void HistoryScan::TakeFindings() {
  for (std::unique_ptr<PackFacts>& facts : facts_) {
    if (facts != nullptr) {
      findings_.Merge(std::move(facts->texts.findings));
      findings_.Merge(std::move(facts->names.findings));
    }
  }
  found_ = findings_.Take();
  for (uint32_t i = 0; i < found_.size(); ++i) {
    for (const Place& place : found_[i].places) {
      if (IsMessage(place.kind())) {
        continue;
      }
      std::vector<uint32_t>& list = findings_of_[place.object];
      if (list.empty() || list.back() != i) {
        list.push_back(i);
      }
    }
  }
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

bool HistoryScan::has_gitlinks() const {
  return has_gitlinks_ ||
         std::any_of(workers_.begin(), workers_.end(),
                     [](const std::unique_ptr<ObjectScan>& worker) {
                       return worker->trees().saw_gitlink();
                     });
}

void HistoryScan::FillCoverage(Coverage* coverage) const {
  const uint64_t present = store().count() - store().further_copies();
  coverage->objects_total = present + absent_.size();
  coverage->objects_absent = absent_.size();
  coverage->objects_reachable = CountReachable();
  coverage->digest = digest_;
  coverage->refs = objects_->refs.refs().size();
  for (uint32_t i = 0; i < store().count(); ++i) {
    coverage->objects_hashed +=
        marks_.Has(i, ObjectMarks::kHashed) && store().FirstCopy(i) == i;
  }
  for (const std::unique_ptr<ObjectScan>& worker : workers_) {
    coverage->objects_scanned += worker->objects_scanned();
    coverage->bytes_scanned += worker->bytes_scanned();
  }
  coverage->objects_scanned += known_objects_;
  coverage->bytes_scanned += known_bytes_;
  for (const std::unique_ptr<PackFacts>& facts : facts_) {
    if (facts != nullptr) {
      coverage->suppressed_inline +=
          facts->texts.inline_allowed + facts->names.inline_allowed;
    }
  }
  coverage->below_confidence += below_confidence_;
  coverage->bytes_total = coverage->bytes_scanned;
  for (const Gap& gap : gaps_) {
    coverage->bytes_total += gap.bytes;
  }
}

}  // namespace keysift
