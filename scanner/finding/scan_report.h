// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "finding/finding.h"
#include "finding/gap.h"

namespace keysift {

// How much of the target was looked at.
struct Coverage {
  uint64_t objects_total = 0;  // that the target has or names
  uint64_t objects_scanned = 0;
  // What refs, reflogs and indexes lead to; nothing where that was not told
  // (commits or trees lie outside of it: it was not walked).
  std::optional<uint64_t> objects_reachable;
  uint64_t objects_absent = 0;
  // Those whose id was computed from their content and compared: the others'
  // is what a pack's index says (all of them are, with --exhaustive).
  uint64_t objects_hashed = 0;
  uint64_t bytes_total = 0;  // of content
  uint64_t bytes_scanned = 0;
  uint64_t refs = 0;
  uint64_t files_scanned = 0;
  std::string digest;  // over what was read; docs say how to recompute it
  uint64_t suppressed_baseline = 0;
  uint64_t suppressed_ignore = 0;
  uint64_t suppressed_inline = 0;
  uint64_t suppressed_config = 0;  // by the repository's configuration
  uint64_t below_confidence = 0;   // findings under --min-confidence

  // Adds another target's. Each has a digest of its own: the sum has none.
  void Add(const Coverage& other);
};

// The order of findings in a report: what is worst and surest first. Each has
// a location.
bool ComesBefore(const Finding& a, const Finding& b);
bool GapComesBefore(const Gap& a, const Gap& b);

// What was scanned, for the report's head.
struct Target {
  std::string
      kind;  // "repository", "staged", "range", "directory", "file", "stdin"
  std::string path;
  std::string head;    // hex id of HEAD's commit, "" if unborn or none
  std::string branch;  // HEAD's branch
  std::string range;   // as asked
};

// One finding that was taken out of a report, and by what.
struct Suppressed {
  std::string fingerprint;
  std::string rule_id;
  std::string by;      // ".keysiftignore:12", "baseline.json"
  std::string reason;  // as the ignore file gives it
};

// The whole outcome of a scan: what every report format writes. The same for
// any number of threads: findings and gaps are sorted.
struct ScanReport {
  std::string rules_hash;
  Target target;
  Coverage coverage;
  std::vector<Finding> findings;
  std::vector<Gap> gaps;
  // Findings that the change under scan did not touch: shown, not blamed.
  std::vector<Finding> already_there;
  // What ignore files, baselines and the repository's configuration took out,
  // in the order of the findings.
  std::vector<Suppressed> suppressed;
  // What a person should know of the scan's own files: expired entries,
  // ambiguous ones. Whole sentences.
  std::vector<std::string> notes;
};

}  // namespace keysift
