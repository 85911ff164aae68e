// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "rule/rule_list.h"
#include "verify/prepared_rules.h"
#include "verify/verdict.h"
#include "verify/verifier.h"

namespace keysift {

// Gives each detection of a rule with partners the one that belongs to it, if
// one stands near enough, and raises its confidence a step unless either looks
// invented. Without one it stays as it is.
void FindPartners(std::string_view text, const RuleSet& rules,
                  std::vector<Detection>* detections, Trace* trace);

// Drops the detections that another one, as sure as they, tells of as its
// rule's partner.
void DropPartners(const RuleSet& rules, std::vector<Detection>* detections,
                  Trace* trace);

// Says what stands with `detection` and where; its value only if it is an id.
// False if nothing does, or aws_describe.h tells of it.
bool DescribePartner(std::string_view text, const PreparedRules& rules,
                     const Detection& detection, Description* description);

// How far apart partners may stand, whatever a rule says.
constexpr uint64_t kPartnerBytes = 4096;

}  // namespace keysift
