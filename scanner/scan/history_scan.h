// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
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
#include "scan/pack_facts.h"
#include "scan/pack_notes.h"
#include "scan/provenance.h"
#include "scan/ref_reach.h"
#include "scan/repository_objects.h"
#include "scan/scan.h"
#include "scan/spelled_ids.h"
#include "verify/verifier.h"

namespace keysift {

// A scan of every object of a repository. Use once, from one thread; it starts
// its own workers. Run() first, then the rest tells what came out.
class HistoryScan {
 public:
  // `spelled`: what the verifier asks for; null if nobody listens.
  HistoryScan(RepositoryObjects* objects, const ScanOptions* options,
              const ScanEngine* engine, const Verifier* verifier,
              ScanProgress* progress, const SpelledIds* spelled = nullptr);

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

  // A pack that is known from an earlier scan (scan/history_known.cc).
  struct KnownPack {
    PackNotes notes;
    KnownTrees trees;
    std::vector<uint32_t> others;  // rows that the notes leave out
    bool trees_known = false;
  };
  // What was found in one pack, on its way into notes.
  struct NotedSecret {
    uint32_t rule = 0;
    std::string secret;
    std::vector<Place> places;
  };
  struct NotedPack {
    std::vector<NotedSecret> secrets;  // in texts
    std::vector<Inside> insides;
    bool is_in_names = false;  // whether file names hold something
  };

  Result<void> CreateWorkers();
  void UseNotes();
  bool IsUsable(const ObjectStore::Pack& pack, const PackNotes& notes) const;
  std::vector<const Place*> BestPlaces(const ObjectStore::Pack& pack,
                                       const PackNotes& notes) const;
  bool FindAgain(const ObjectStore::Pack& pack, const PackNotes& notes,
                 PackFacts* facts);
  void AddKnownSecret(const ObjectStore::Pack& pack, const PackNotes& notes,
                      const PackNotes::Secret& secret, const FoundSecret& found,
                      PackFacts* facts);
  void TakeKnown(const ObjectStore::Pack& pack, PackNotes* known,
                 PackFacts* facts);
  void MarkKnown(size_t number);
  bool IsKnown(const ObjectStore::Pack* pack, bool trees) const;
  // Whether notes on the pack of that place are to be made.
  bool WantsNotes(size_t number) const {
    return !known_.empty() && known_[number] == nullptr;
  }
  bool ScanAgain(const ObjectStore::Pack& pack, const PackNotes& notes,
                 std::vector<uint32_t> rows, TextOutcome* again);
  void NoteHits(const ObjectStore::Pack& pack, PackNotes* notes);
  void CountBelowConfidence();
  void NoteSecrets();
  void NamePrints();
  void KeepNotes();
  bool IsWorthNoting(const ObjectStore::Pack& pack,
                     const PackFacts& facts) const;
  bool MakeNotes(size_t number, PackNotes* notes);
  const std::string& PrintOf(uint32_t rule, const std::string& secret) const;
  bool IsTree(uint32_t number) const;
  void AddOthers(bool only_trees, std::vector<WorkItem>* work) const;
  std::vector<WorkItem> UnknownTrees() const;
  void ReadUnknownTrees(const std::vector<size_t>& packs);
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
  void JoinFacts();
  void JoinWorkers(std::vector<CommitNode>* nodes);
  void BuildContainment(std::vector<size_t>* unknown);
  void PlaceTips(std::vector<uint32_t>* tips, std::vector<uint32_t>* kept);
  void FindGaps();
  void AddLost(uint32_t number, const Gap& gap);
  void AddLimits();
  void AddUnread();
  void AddAbsentRoots();
  void AddAbsentParents();
  void AddAbsentInTrees();
  void AddPointers();
  void AddEncrypted();
  void AddAbsent(uint32_t absent, std::string where);
  bool AnyTargets() const;
  uint32_t CommitOf(const ObjectId& id) const;

  RepositoryObjects* objects_;  // packs are opened, else it is only read
  const ScanOptions* options_;
  const ScanEngine* engine_;
  const Verifier* verifier_;
  ScanProgress* progress_;
  const SpelledIds* spelled_;
  unsigned threads_;
  ObjectMarks marks_;
  std::vector<std::unique_ptr<ObjectScan>> workers_;
  std::vector<std::unique_ptr<KnownPack>> known_;  // by pack; may be null
  // What all workers learnt, as ObjectScan::facts() has it. Joined once all is
  // read; until then it holds what was known.
  std::vector<std::unique_ptr<PackFacts>> facts_;
  std::vector<NotedPack> noted_;  // by pack
  std::map<std::pair<uint32_t, std::string>, std::string> known_prints_;
  uint64_t below_confidence_ = 0;
  uint64_t known_objects_ = 0;
  uint64_t known_bytes_ = 0;
  std::vector<AbsentRoot> absent_roots_;
  std::vector<AbsentLink> absent_links_;
  std::unordered_map<uint32_t, uint32_t> tag_targets_;
  bool has_gitlinks_ = false;
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
