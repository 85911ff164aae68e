// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "finding/finding_set.h"
#include "finding/scan_report.h"
#include "git/object_id.h"
#include "scan/scan.h"
#include "scan/text_worker.h"
#include "source/tree_changes.h"
#include "verify/verifier.h"

namespace keysift {

// One object that a change brings, and where.
struct AddedText {
  ObjectId id;
  PlaceKind kind = PlaceKind::kBlob;
  std::string path;    // "" for messages
  std::string commit;  // hex; "" for what is only staged
  // What stood there before: lines that these have are not blamed.
  std::vector<ObjectId> before;
  // Which list of objects that went with the same change counts as well.
  uint32_t gone = 0;
};

// Scans what a change adds: each object once, in full, then the names of new
// files. Use once, from one thread; it starts its own workers for many objects.
class ChangeScan {
 public:
  // Reads objects for one worker; Make is called once per worker.
  using MakeReader = std::function<ReadObject()>;

  ChangeScan(const ScanOptions* options, const ScanEngine* engine,
             const Verifier* verifier, ScanProgress* progress,
             MakeReader make_reader);

  // `gone`: lists of objects that changes take away: a file that only moved
  // adds no line. `is_partial`: absent objects were left with a promisor. Fails
  // only if the pattern engine cannot be set up.
  Result<void> Run(std::vector<AddedText> added,
                   std::vector<std::vector<ObjectId>> gone, bool is_partial);

  FindingSet& findings() { return tally_.findings(); }
  // The locations of a place of a finding, those that were there marked.
  std::vector<Location> Locate(const Place& place);
  const std::vector<Gap>& gaps() const { return tally_.gaps(); }
  void FillCoverage(Coverage* coverage) const;

 private:
  struct Worker;
  using Lines = std::unordered_set<std::string_view>;
  // An object's bytes and the lines in them.
  struct Text {
    Buffer bytes;
    std::vector<std::string_view> lines;
  };

  void NumberObjects();
  void ScanObject(size_t number, bool is_partial, Worker* worker);
  Result<void> ScanNames(Worker* worker);
  const Text& TextOf(const ObjectId& id);
  bool WasThere(const ObjectId& before, const Text& now, const Place& place);
  bool IsOld(const AddedText& added, const Place& place);

  const ScanOptions* options_;
  const ScanEngine* engine_;
  const Verifier* verifier_;
  ScanProgress* progress_;
  MakeReader make_reader_;
  std::vector<AddedText> added_;
  std::vector<std::vector<uint32_t>> by_object_;  // rows of added_
  std::vector<std::vector<ObjectId>> gone_;
  ReadObject reader_;  // of this thread, for comparing
  std::map<ObjectId, Text> texts_;
  std::map<ObjectId, Lines> old_lines_;
  TextTally tally_;
};

}  // namespace keysift
