// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/scan_report.h"

namespace keysift {

// Adds the outcome of one more target to `joined`, as `keysift scan A B` needs:
// a secret found in both becomes one finding with the places of both, each path
// with its target in front. Coverage is summed. `report` is consumed. Both must
// come from PrefixPaths.
void JoinReport(ScanReport report, ScanReport* joined);

// Puts the target's path in front of the paths in findings and gaps.
void PrefixPaths(ScanReport* report);

// The same for a single directory, if it lies below the current one: paths then
// are relative to where the program runs, as other programs' are, and as a CI
// job's checkout is. Any other target keeps paths relative to itself.
void ShowFromHere(ScanReport* report);

}  // namespace keysift
