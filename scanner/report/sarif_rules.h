// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "finding/scan_report.h"
#include "report/json_writer.h"

namespace keysift {

// What SARIF says of one rule, gathered from its findings: the report does not
// carry the rules themselves. Description and advice are the first finding's.
struct SarifRule {
  const Finding* sample = nullptr;
  Severity severity = Severity::kLow;             // the worst finding's
  Confidence confidence = Confidence::kPossible;  // the surest finding's
  std::set<std::string> tags;
};

// By rule id; the position in the map is the rule's index in SARIF.
std::map<std::string, SarifRule> SarifRules(const ScanReport& report);

// The "rules" array.
void WriteSarifRules(const std::map<std::string, SarifRule>& rules,
                     JsonWriter* json);

// "error", "warning" or "note".
const char* SarifLevel(Severity severity);

// A path as a relative URI reference (RFC 3986): bytes beyond letters, digits
// and "-._~/" as %HH; an absolute path as a file URI.
std::string SarifUri(std::string_view path);

}  // namespace keysift
