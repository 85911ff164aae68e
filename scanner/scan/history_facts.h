// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "finding/finding.h"
#include "finding/finding_set.h"
#include "git/object_reader.h"
#include "scan/history_scan.h"
#include "scan/provenance.h"

namespace keysift {

// What the history says of each finding: where its places are, who brought it
// in, when it went. Findings are numbers: indexes of history->found(). The
// history must outlive it; one thread.
class HistoryFacts {
 public:
  explicit HistoryFacts(const HistoryScan* history);

  // One location per path that the place's object was seen under, with path,
  // commit and blob filled in; one of the kind "index" per path under which it
  // is staged and not in HEAD; one without a path if there is none.
  std::vector<Location> LocationsOf(const FoundSecret& secret,
                                    const Place& place) const;

  // The commits that brought it in, as positions in the graph.
  const std::vector<uint32_t>& IntroducedBy(uint32_t number) const {
    return introduced_[number];
  }

  // Commits, refs, whether it is still there; and sorts the locations.
  void Fill(uint32_t number, Finding* finding);

 private:
  void ListIntroductions();
  void ListStaged();
  std::vector<Location> StagedNames(const FoundSecret& secret,
                                    const Place& place) const;
  void SortLocations(std::vector<Location>* locations) const;
  CommitSummary Summarize(uint32_t position);

  const HistoryScan* history_;
  ObjectReader reader_;
  std::vector<std::vector<uint32_t>> introduced_;  // commits, by finding
  std::vector<std::vector<uint32_t>> refs_;        // by finding
  std::vector<uint32_t> removed_;                  // commit, by finding
  std::vector<bool> in_head_;                      // by finding
  std::unordered_map<uint32_t, std::vector<std::string>> head_paths_;
  std::unordered_map<uint32_t, std::vector<std::string>> staged_paths_;
};

}  // namespace keysift
