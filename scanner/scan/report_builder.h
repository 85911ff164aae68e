// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "finding/finding_set.h"
#include "finding/scan_report.h"
#include "rule/rule.h"
#include "scan/history_filter.h"
#include "scan/history_scan.h"
#include "scan/scan.h"
#include "verify/verifier.h"

namespace keysift {

// Turns what was found into a report: joins places with their history, judges
// them by path, names, redacts and sorts. Use once, from one thread.
class ReportBuilder {
 public:
  ReportBuilder(const ScanEngine* engine, const ScanOptions* options,
                const Verifier* verifier);

  // Adds the findings of a scanned history that `filter` keeps, and those in
  // tag messages, which no commit brings in.
  void AddHistory(const HistoryScan& history, const HistoryFilter& filter,
                  ScanReport* report);

  // Adds the findings of files: a place's object counts in `paths`.
  void AddFiles(FindingSet* found, const std::vector<std::string>& paths,
                ScanReport* report);

  // Adds findings whose places `locate` names: a place may have several
  // locations, each with at least a path. Places marked as already there are
  // kept apart by Finish().
  void AddLocated(
      FindingSet* found,
      const std::function<std::vector<Location>(const Place&)>& locate,
      ScanReport* report);

  // Joins what belongs together, redacts, sorts. Last.
  void Finish(ScanReport* report);

 private:
  Finding Start(const FoundSecret& secret);
  bool AddLocation(const FoundSecret& secret, const Place& place,
                   Location location, Finding* finding);
  void Keep(const FoundSecret& secret, Finding finding, ScanReport* report);

  const ScanEngine* engine_;
  const ScanOptions* options_;
  const Verifier* verifier_;
  std::vector<std::string> secrets_;  // of all findings, for scrubbing
};

// Puts findings and gaps in the order that reports have them in.
void SortReport(ScanReport* report);

}  // namespace keysift
