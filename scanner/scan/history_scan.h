// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
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

  // What was found, each once; emptied by the call.
  FindingSet TakeFindings();
  const std::vector<Gap>& gaps() const { return gaps_; }
  void FillCoverage(Coverage* coverage) const;

  const ObjectStore& store() const { return objects_->store; }
  const CommitGraph& commits() const { return commits_; }
  const Containment& containment() const { return containment_; }
  const Provenance& provenance() const { return *provenance_; }
  const std::vector<RefTip>& tips() const { return tips_; }
  // HEAD's commit as a position, or kNone if it is unborn or absent.
  uint32_t head() const { return head_; }

 private:
  struct AbsentLink {
    uint32_t commit = 0;  // object number
    uint32_t absent = 0;
  };

  Result<void> CreateWorkers();
  void ScanTexts();
  void NameRoots();
  void ReadTrees();
  void BuildHistory();
  void FindGaps();
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
  std::vector<uint32_t> root_absent_;  // named by refs, and absent
  std::vector<AbsentLink> absent_links_;
  std::unordered_map<uint32_t, uint32_t> tag_targets_;
  CommitGraph commits_;
  Containment containment_;
  std::unique_ptr<Provenance> provenance_;
  std::vector<RefTip> tips_;
  uint32_t head_ = CommitNode::kNone;
  std::vector<Gap> gaps_;
  uint64_t absent_count_ = 0;
};

}  // namespace keysift
