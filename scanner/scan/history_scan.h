// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "finding/finding_set.h"
#include "finding/scan_report.h"
#include "scan/commit_graph.h"
#include "scan/object_marks.h"
#include "scan/object_scan.h"
#include "scan/provenance.h"
#include "scan/ref_reach.h"
#include "scan/repository_objects.h"
#include "scan/scan.h"
#include "verify/verifier.h"

namespace keysift {

// A scan of every object of a repository. Use once, from one thread; it starts
// its own workers. Run() first, then the rest tells what came out.
class HistoryScan {
 public:
  HistoryScan(const RepositoryObjects* objects, const ScanOptions* options,
              const ScanEngine* engine, const Verifier* verifier,
              ScanProgress* progress);

  // Fails only if the pattern engine cannot be set up.
  Result<void> Run();

  // What was found, each secret once, in a fixed order; findings are numbered
  // by it.
  const std::vector<FoundSecret>& found() const { return found_; }
  const Inside& inside(uint32_t number) const {
    return findings_.inside(number);
  }
  const std::vector<Gap>& gaps() const { return gaps_; }
  void FillCoverage(Coverage* coverage) const;

  const ObjectMarks& marks() const { return marks_; }
  const ObjectStore& store() const { return objects_->store; }
  const RepositoryObjects& objects() const { return *objects_; }
  const CommitGraph& commits() const { return commits_; }
  const Containment& containment() const { return containment_; }
  const Provenance& provenance() const { return *provenance_; }
  const FindingHistory& changes() const { return *changes_; }
  const std::vector<RefTip>& tips() const { return tips_; }
  // Whether any tree names a submodule's commit.
  bool has_gitlinks() const;
  // HEAD's commit as a position, or kNone if it is unborn or absent.
  uint32_t head() const { return head_; }

 private:
  // An absent object and what names it: a commit that it is a parent of.
  struct AbsentLink {
    uint32_t commit = 0;  // object number
    uint32_t absent = 0;
  };
  // The same of refs and indexes.
  struct AbsentRoot {
    std::string where;
    uint32_t absent = 0;
  };

  Result<void> CreateWorkers();
  void ScanTexts();
  void NameRoots();
  void NameStaged();
  void ReadTrees();
  std::optional<uint64_t> CountReachable() const;
  bool IsDoubtful(uint32_t number) const;
  void CheckDoubtful();
  void BuildHistory();
  void BuildGraphs();
  void TakeFindings();
  void JoinWorkers(std::vector<CommitNode>* nodes);
  void PlaceTips(std::vector<uint32_t>* tips, std::vector<uint32_t>* kept);
  void FindGaps();
  void AddLost(uint32_t number, const Gap& gap);
  void AddUnread();
  void AddAbsentRoots();
  void AddAbsentParents();
  void AddAbsentInTrees();
  void AddPointers();
  void AddEncrypted();
  void AddAbsent(uint32_t absent, std::string where);
  bool AnyTargets() const;
  uint32_t CommitOf(const ObjectId& id) const;

  const RepositoryObjects* objects_;
  const ScanOptions* options_;
  const ScanEngine* engine_;
  const Verifier* verifier_;
  ScanProgress* progress_;
  unsigned threads_;
  ObjectMarks marks_;
  std::vector<std::unique_ptr<ObjectScan>> workers_;
  std::vector<AbsentRoot> absent_roots_;
  std::vector<AbsentLink> absent_links_;
  std::unordered_map<uint32_t, uint32_t> tag_targets_;
  CommitGraph commits_;
  Containment containment_;
  std::unique_ptr<Provenance> provenance_;
  FindingSet findings_;
  std::vector<FoundSecret> found_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> findings_of_;
  std::unique_ptr<FindingHistory> changes_;
  std::string digest_;
  std::vector<RefTip> tips_;
  uint32_t head_ = CommitNode::kNone;
  std::vector<uint32_t> tree_roots_;  // trees that refs and indexes name
  std::vector<Gap> gaps_;
  std::set<uint32_t> absent_;  // those in gaps_
};

}  // namespace keysift
