// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "scan/bulk_scan.h"

namespace keysift {

// Where `bulk scan` takes its repositories from.
struct BulkSources {
  std::vector<std::string> targets;  // paths; also their names in reports
  std::vector<std::string> lists;    // files of paths, one a line; "-": stdin
  std::vector<std::string> roots;    // folders; names are relative to them
};

// All of them, each name once, sorted by it; what could not be looked into is
// said in `problems`. A line of a list may be NAME=PATH (unless the whole line
// is a path that is there); blank lines and those that begin with '#' are none.
// Fails if a list or root cannot be read, or two repositories have one name.
Result<std::vector<BulkTarget>> ListBulkTargets(const BulkSources& sources,
                                                std::vector<Error>* problems);

}  // namespace keysift
