// SPDX-License-Identifier: Apache-2.0
#include "finding/exit_code.h"

#include <algorithm>

namespace keysift {

bool IsAllowed(GapKind kind, const std::vector<GapKind>& allowed) {
  return kind != GapKind::kInterrupted &&
         std::find(allowed.begin(), allowed.end(), kind) != allowed.end();
}

int ExitCode(const ScanReport& report, const std::vector<GapKind>& allowed,
             int findings_code) {
  bool incomplete = false;
  for (const Gap& gap : report.gaps) {
    if (gap.kind == GapKind::kInterrupted) {
      return kExitInterrupted;
    }
    incomplete = incomplete || !IsAllowed(gap.kind, allowed);
  }
  if (!report.findings.empty()) {
    return findings_code;
  }
  return incomplete ? kExitIncomplete : kExitClean;
}

}  // namespace keysift
