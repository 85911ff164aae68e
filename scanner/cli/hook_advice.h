// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "finding/scan_report.h"
#include "git/repository.h"

namespace keysift {

// What somebody whose push was refused has to do, for people: which commits
// brought secrets, oldest first, how to rewrite them, and why another commit on
// top does not help.
std::string RewriteAdvice(const Repository& repository,
                          const ScanReport& report);

// The same for a commit that was not made.
std::string CommitAdvice(const ScanReport& report);

}  // namespace keysift
