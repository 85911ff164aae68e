// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "finding/scan_report.h"
#include "store/baseline.h"
#include "store/ignore_file.h"

namespace keysift {

// What Suppress did, for the summary and for `ignore prune`. Entries that
// matched nothing are no mistake after a scan of less than the whole history.
struct SuppressionOutcome {
  std::vector<Suppressed> suppressed;  // in the order of the findings
  std::vector<IgnoreEntry> expired;    // that would have matched but are past
  std::vector<IgnoreEntry> unused;     // that matched no finding
  // Places of another tool's list that match several secrets: none of them was
  // taken out, for the list cannot say which one was meant.
  std::vector<std::string> ambiguous;  // ".gitleaksignore: entry 3"
};

// All that may take findings out of a report before it is written. Immutable
// during Suppress.
struct Suppressor {
  std::vector<IgnoreFile> ignore_files;
  std::vector<Baseline> baselines;
  // The repository's configuration, if it has one: whether it accepts a
  // finding, and then why. `configuration_name` is what it is called.
  std::function<bool(const Finding&, std::string* reason)> configuration;
  std::string configuration_name;
};

// Takes out of `report` the findings that an unexpired ignore entry, a baseline
// or the repository's configuration accepts, and counts them in its coverage.
// `today`: YYYY-MM-DD.
SuppressionOutcome Suppress(const Suppressor& suppressor,
                            const std::string& today, ScanReport* report);

}  // namespace keysift
