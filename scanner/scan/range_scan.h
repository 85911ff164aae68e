// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "finding/scan_report.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "scan/scan.h"

namespace keysift {

// The commits to look at, by their ends.
struct RangeEnds {
  std::vector<ObjectId> include;  // commits, or annotated tags on the way there
  std::vector<ObjectId> exclude;
  // The commit whose tree holds the ignore files that count; nullopt: the
  // newest excluded parent of the range, if there is one.
  std::optional<ObjectId> start;
  // Without `start`, no ignore files count: nothing else may stand for it.
  bool only_start = false;
};

// What `arguments` mean, as git rev-list takes them: "A..B", "A...B", "B",
// "^A", "--not". Ids in full are looked up by our own readers, all other names
// by libgit2. Fails, naming the argument, if an end is not to be had: a range
// that nobody can walk is never clean.
Result<RangeEnds> ResolveRange(const Repository& repository,
                               const std::vector<std::string>& arguments);

// Scans what the commits of a range add to the trees of all their parents, the
// results of merges included, with the messages of commits and tags. Objects
// are read where the environment of a hook says (quarantine). Adds findings,
// gaps and coverage to `report`, ignore files of the range's start applied.
// Stops at progress->cancelled, which is for the caller to report.
Result<void> ScanRange(const Repository& repository, const RangeEnds& ends,
                       const ScanOptions& options, const ScanEngine& engine,
                       ScanProgress* progress, ScanReport* report);

}  // namespace keysift
