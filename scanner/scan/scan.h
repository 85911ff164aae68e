// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "finding/scan_report.h"
#include "match/pattern_database.h"
#include "rule/rule_list.h"

namespace keysift {

class KnownPacks;
class PreparedRules;

// What to scan. One of these per target.
struct ScanRequest {
  enum class Scope {
    kAuto,      // a repository: its history; else a directory, file or "-"
    kStaged,    // what the next commit would add
    kRange,     // what the commits of `range` add
    kWorktree,  // files on disk of a repository
  };
  Scope scope = Scope::kAuto;
  std::string path;                // "-": standard input; "": look around
  std::vector<std::string> range;  // as git rev-list takes them
  bool whole_index = false;        // staged: all of it, not only what changed
  bool with_worktree = true;       // history scans read index and disk too
  // Of what is on disk only git's own files (its configuration, hooks), not
  // the work tree.
  bool git_files_only = false;
  bool with_ignored = false;  // --no-ignore
  bool with_unreachable = true;
  bool with_submodules = false;
  std::vector<std::string> ref_globs;  // empty: all
  int64_t since = INT64_MIN;           // committer time, seconds since 1970
  int64_t until = INT64_MAX;

  // Whether it asks for a part of the history only.
  bool FiltersHistory() const {
    return !ref_globs.empty() || since != INT64_MIN || until != INT64_MAX ||
           !with_unreachable;
  }
};

struct ScanOptions {
  unsigned threads = 0;  // 0: as many as there are processors
  Confidence min_confidence = Confidence::kLikely;
  bool show_secrets = false;
  bool exhaustive = false;  // every text in full: the oracle
  double self_check = 0;    // percent of texts scanned in full as well
  uint64_t max_file_size = UINT64_MAX;  // bytes; over it is a gap
  uint64_t memory_budget = 100u << 20;  // bytes for rebuilt objects
  // How many encodings deep (0: nothing is decoded), and bytes: of one encoded
  // piece, and of all that is decoded from one text. Passing one is a gap.
  int max_decode_depth = 3;
  uint64_t max_decode_region = uint64_t{1} << 20;
  uint64_t max_decoded_size = uint64_t{64} << 20;
  int max_archive_depth = 2;
  double timeout_seconds = 0;          // 0: none
  std::string fingerprint_key;         // empty: keysift's own
  std::vector<std::string> baselines;  // files
  // Whether the repository's own ignore files and configuration count, and
  // allow comments.
  bool repo_config = true;
  bool own_configuration = true;  // false: another one was given
  bool inline_comments = true;
  // What earlier scans with these options and rules learnt of packs; null:
  // nothing. Used by one scan at a time.
  KnownPacks* known_packs = nullptr;

  unsigned ThreadCount() const;  // never 0
  // What was learnt holds for what is read in full as well; checks read anew.
  bool UsesNotes() const {
    return known_packs != nullptr && !exhaustive && self_check <= 0;
  }
};

// What is shared by all scans of one process. Immutable during scans; the
// pointees outlive them.
struct ScanEngine {
  const RuleSet* rules = nullptr;
  const PatternDatabase* patterns = nullptr;
  // The rules with their regexes, where many scans follow each other; null:
  // each makes them anew.
  const PreparedRules* prepared = nullptr;
};

// How far a scan is, for a progress bar. Written by the workers, read by
// anyone at any time.
struct ScanProgress {
  std::atomic<const char*> phase = "opening";  // a literal, in words
  std::atomic<uint64_t> objects_done = 0;
  std::atomic<uint64_t> objects_total = 0;
  std::atomic<uint64_t> bytes_done = 0;
  std::atomic<uint64_t> findings = 0;
  // Set by a signal handler or a deadline: workers stop soon, and what was
  // not scanned becomes a gap.
  std::atomic<bool> cancelled = false;
};

// Scans one target. Findings, gaps and coverage are in the report whatever
// happens to single objects; fails only if the target cannot be scanned at all
// (not there, not a repository where one was asked for). Safe to call from
// several threads at once.
Result<ScanReport> Scan(const ScanRequest& request, const ScanOptions& options,
                        const ScanEngine& engine, ScanProgress* progress);

}  // namespace keysift
