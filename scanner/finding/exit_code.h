// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "finding/scan_report.h"

namespace keysift {

// Exit codes of a scan that ran. Errors (2) are the command line's.
inline constexpr int kExitClean = 0;
inline constexpr int kExitFindings = 1;
inline constexpr int kExitIncomplete = 3;
inline constexpr int kExitInterrupted = 130;

// True if a gap of this kind was accepted by the user.
bool IsAllowed(GapKind kind, const std::vector<GapKind>& allowed);

// What the process ends with: 130 if the scan was interrupted, else
// `findings_code` if there are findings, else 3 if there is a gap whose kind is
// not in `allowed`, else 0. An interruption cannot be allowed.
int ExitCode(const ScanReport& report, const std::vector<GapKind>& allowed,
             int findings_code = kExitFindings);

}  // namespace keysift
