// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/format.h"

namespace keysift {

// What a person should know when a scan is over: how many findings, what was
// covered, what could not be scanned and what to do about it, what was
// suppressed, and how to see more. Never says clean where there are gaps.
// Several lines, each ending in '\n'; safe for a terminal. The command line
// prints it on stderr.
std::string SummaryText(const ScanReport& report, const ReportOptions& options);

}  // namespace keysift
