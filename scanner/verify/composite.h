// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "rule/rule_list.h"
#include "verify/verdict.h"
#include "verify/verifier.h"

namespace keysift {

// For each detection of a rule with required parts: keeps it if a detection of
// each part stands near enough, and names the nearest as its partner; else
// drops it. Parts that found no whole stay for their own rule to report.
void JoinRequiredParts(std::string_view text, const RuleSet& rules,
                       std::vector<Detection>* detections, Trace* trace);

}  // namespace keysift
