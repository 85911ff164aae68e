// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "finding/scan_report.h"
#include "store/bulk_store.h"

namespace keysift {

// A store's content as a report of the target kind "store": one finding per
// secret with the places of all repositories, each path with its repository in
// front, gaps likewise; a repository that could not be scanned is a gap. The
// same for all stores that hold the same, in whichever order it came; nothing
// in it depends on the store's own path or on when scans ran.
Result<ScanReport> ReadBulkReport(const BulkStore& store);

}  // namespace keysift
