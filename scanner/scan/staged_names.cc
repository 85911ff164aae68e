// SPDX-License-Identifier: Apache-2.0
//
// Paths that are staged are content as names in trees are (ObjectScan::
// ScanNames), and may be in no tree. They are matched together, as the lines of
// one text, and each that has a hit is then a text by itself. Its place is the
// object that is staged there; scan/history_facts.cc leaves it out where a tree
// has the name too. Test: tests/cli/places_test.py.
#include "scan/object_scan.h"

namespace keysift {

void ObjectScan::ScanStagedNames(const IndexFile& index) {
  now_ = FactsOf(nullptr);
  std::swap(texts_.outcome(), now_->names);
  std::string names;
  std::vector<uint64_t> ends;  // of each entry's path in `names`
  for (const IndexEntry& entry : index.entries()) {
    names += entry.path();
    names += '\n';
    ends.push_back(names.size());
  }
  Result<void> matched = texts_.FindHits(names, &name_hits_);
  size_t row = 0;
  uint64_t scanned_to = 0;
  for (const Hit& hit : name_hits_) {
    if (hit.end() <= scanned_to) {
      continue;
    }
    while (row + 1 < ends.size() && ends[row] < hit.end()) {
      ++row;
    }
    scanned_to = ends[row];
    const IndexEntry& entry = index.entries()[row];
    const std::optional<uint32_t> number = shared_.store->Find(entry.raw_id());
    if (number) {  // else the object is a gap by its path
      const Result<void> one = texts_.ScanWhole(
          entry.path(), {*number, PlaceKind::kFileName}, &apart_);
      matched = one ? matched : one;
    }
  }
  if (!matched) {
    gaps_.push_back(GapOf(matched.error(), "staged file names"));
  }
  std::swap(texts_.outcome(), now_->names);
}

}  // namespace keysift
