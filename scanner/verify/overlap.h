// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "verify/prepared_rules.h"
#include "verify/verdict.h"
#include "verify/verifier.h"

namespace keysift {

// Equal matches of one rule become one (the surer); a match inside another of
// the same rule goes. Leaves them sorted by rule and match.
void MergeWithinRules(std::vector<Detection>* detections);

// Where secrets of several rules overlap, the most telling one stays: a named
// rule before a generic one, then the surer, the more severe, the longer, the
// earlier rule. Also drops what rules that are only parts of others found.
void DropOverlapped(const PreparedRules& rules,
                    std::vector<Detection>* detections, Trace* trace);

}  // namespace keysift
