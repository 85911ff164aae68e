// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "finding/scan_report.h"

namespace keysift {

// The few lines for stderr at the end of a scan: what was found, how much was
// read in how long, and for each kind of gap how many and what to do. Safe for
// a terminal; ends with a line end.
std::string Summary(const ScanReport& report,
                    const std::vector<GapKind>& allowed, double seconds);

}  // namespace keysift
