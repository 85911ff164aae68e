// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "finding/scan_report.h"
#include "git/repository.h"
#include "scan/scan.h"

namespace keysift {

// Scans what the next commit would add: the index against HEAD's tree, or the
// empty tree on an unborn branch. Never starts libgit2, and opens of the
// repository only what the comparison needs. Adds findings, gaps and coverage
// to `report`. Fails if HEAD or the index cannot be read: then there is
// nothing to say. With `whole_index` everything staged counts as new.
Result<void> ScanStaged(const Repository& repository, bool whole_index,
                        const ScanOptions& options, const ScanEngine& engine,
                        ScanProgress* progress, ScanReport* report);

}  // namespace keysift
