// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/refs.h"
#include "scan/history_scan.h"
#include "scan/scan.h"

namespace keysift {

// Which findings of a history a request's refs, times and reach leave in. All
// objects are scanned all the same: objects know no commits. Immutable; the
// history must outlive it.
class HistoryFilter {
 public:
  HistoryFilter(const ScanRequest& request, const HistoryScan& history);

  // True if one of the commits that brought a finding in (positions in the
  // graph; none: nothing reaches it) is among those asked for.
  bool Keeps(const std::vector<uint32_t>& introductions) const;

 private:
  const HistoryScan& history_;
  const int64_t since_;
  const int64_t until_;
  bool all_ = false;
  std::vector<bool> wanted_;  // by position; empty: every commit
};

// Whether `glob` names the ref in full ("refs/heads/main") or without what
// stands before its short name ("main", "origin/*").
bool MatchesRef(const std::string& glob, const std::string& name);

// Fails with kUsage on a glob that no ref matches: the scan would be clean
// because of a typing error.
Result<void> CheckRefGlobs(const std::vector<std::string>& globs,
                           const RefList& refs);

}  // namespace keysift
