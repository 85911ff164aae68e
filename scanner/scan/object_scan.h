// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "finding/gap.h"
#include "git/index_file.h"
#include "git/object_reader.h"
#include "git/object_store.h"
#include "git/pack_walker.h"
#include "scan/object_marks.h"
#include "scan/pack_facts.h"
#include "scan/scan.h"
#include "scan/self_check.h"
#include "scan/text_scanner.h"
#include "scan/tree_scan.h"
#include "scan/work_list.h"

namespace keysift {

// One worker of a repository scan: walks pieces of the object store, scans
// blobs, commits and tags as texts, and reads trees. One per thread; what it
// gathered is joined when all are done.
class ObjectScan : private ObjectVisitor {
 public:
  struct Shared {
    const ObjectStore* store = nullptr;
    ObjectMarks* marks = nullptr;
    const ScanOptions* options = nullptr;
    ScanProgress* progress = nullptr;
    uint64_t memory = 48u << 20;  // bytes of rebuilt objects, per worker
    bool with_links = false;      // whether PackFacts need them
  };

  ObjectScan(const Shared& shared, TextScanner texts);

  // From now on some texts are scanned twice and compared.
  void CheckSelf(SelfCheck check) { self_check_.emplace(std::move(check)); }
  // The first difference that came up, if one did.
  const std::optional<Error>& self_check_error() const {
    return self_check_error_;
  }

  // Scans all blobs, commits and tags of a piece.
  void ScanTexts(const WorkItem& item);
  // Reads all trees of a piece; before it, StartTrees. Without `with_names`
  // what they name is recorded only: their names are known.
  void StartTrees(bool record);
  void ScanTrees(const WorkItem& item, bool with_names);

  // Scans one blob, commit or tag by itself into `out`, and no more: what it
  // holds is known, but not kept. By `hits`, unless null, which are then the
  // text's. False if it is not what its id says, or hits are not.
  bool ScanAgain(uint32_t number, const std::vector<KnownHit>* hits,
                 TextOutcome* out);
  // What such a text's `hits` are; nothing if it is better scanned in full.
  std::optional<std::vector<KnownHit>> HitsOf(uint32_t number);

  // Scans the paths of a staging area, once the trees were read.
  void ScanStagedNames(const IndexFile& index);

  const TreeScan& trees() const { return *trees_; }
  // What came of the packs that this worker was given, by their place in the
  // store plus 1, and [0] of all else; null where there was nothing.
  const std::vector<std::unique_ptr<PackFacts>>& facts() const {
    return facts_;
  }
  // Copies of objects that could not be read, by number.
  struct LostCopy {
    uint32_t number = 0;
    Gap gap;
  };
  const std::vector<LostCopy>& lost() const { return lost_; }
  // What else could not be scanned.
  const std::vector<Gap>& gaps() const { return gaps_; }

  // Reads a packed object and compares it with its id.
  void CheckId(uint32_t number);
  uint64_t bytes_scanned() const { return bytes_scanned_; }
  uint64_t objects_scanned() const { return objects_scanned_; }

 private:
  enum class Phase { kTexts, kTrees };

  void Visit(const WalkedObject& object) override;
  void Lost(uint32_t entry, const Error& error) override;
  void Unlisted(uint32_t entry, const Error& error) override;
  PackFacts* FactsOf(const ObjectStore::Pack* pack);
  void Walk(const WorkItem& item);
  void ReadLoose(const WorkItem& item);
  void ReadSingle(uint32_t number);
  void VisitText(const WalkedObject& object, uint32_t number);
  void VisitTree(const WalkedObject& object, uint32_t number);
  void NoteUnreadable(std::string_view content, uint32_t number);
  void NoteTree(const WalkedObject& object, uint32_t number);
  uint32_t Name(std::string_view raw_id, uint8_t mark);
  void NoteLinks(ObjectType type, std::string_view content, uint32_t number);
  void ScanNames();
  Result<ObjectType> ReadSure(uint32_t number, Buffer* content);
  void Lose(uint32_t number, const Error& error);
  bool IsToHash(ObjectType type, uint32_t number) const;
  bool HasSureId(uint32_t number) const;
  void CheckId(ObjectType type, std::string_view content, uint32_t number);
  void Count(uint32_t number, uint64_t bytes);

  Shared shared_;
  TextScanner texts_;
  std::unique_ptr<TreeScan> trees_;
  ObjectReader reader_;
  PackWalker walker_;
  std::optional<SelfCheck> self_check_;
  std::optional<Error> self_check_error_;
  Phase phase_ = Phase::kTexts;
  const ObjectStore::Pack* pack_ = nullptr;
  bool hash_all_ = false;  // all ids of the piece at hand are computed, ...
  SortedIds::Rows hashed_rows_;       // ... or of its pack only these
  std::vector<ScannedText> scanned_;  // by slot
  std::vector<ReadTree> read_;        // by slot
  Buffer single_;
  ScannedText apart_;  // of what is scanned by itself
  std::vector<Hit> name_hits_;
  std::vector<std::unique_ptr<PackFacts>> facts_;
  PackFacts* now_ = nullptr;  // of what is read now
  int tree_passes_ = 0;
  bool with_names_ = true;
  std::vector<LostCopy> lost_;
  std::vector<Gap> gaps_;
  uint64_t bytes_scanned_ = 0;
  uint64_t bytes_told_ = 0;  // to `progress`
  uint64_t objects_scanned_ = 0;
};

// Whether a pack is so small that all of its ids are computed.
bool IsSmallPack(const PackFile& pack);

// The gap for an error: its kind, and what is lost.
Gap GapOf(const Error& error, std::string what);

}  // namespace keysift
