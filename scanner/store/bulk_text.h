// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "finding/finding.h"
#include "finding/scan_report.h"

namespace keysift {

// The parts of reports as JSON, as a bulk store keeps them: the same parts give
// the same bytes, and reading gives back what was written. README.md beside
// this file documents the fields. Reading fails with kDamaged.

// What a finding says beyond its places and history.
std::string FindingTextJson(const Finding& finding);
Result<void> ReadFindingText(const std::string& json, Finding* finding);

// Places as arrays: [path, kind, line, column, end_line, end_column, commit,
// blob, member, decoding], and the raw path and member in hex where they are
// not UTF-8.
std::string PlacesJson(const std::vector<Location>& places);
Result<std::vector<Location>> ReadPlaces(const std::string& json);

std::string CommitJson(const CommitSummary& commit);
std::optional<CommitSummary> ReadCommitJson(const std::string& json);

std::string TextsJson(const std::vector<std::string>& texts);
std::vector<std::string> ReadTextsJson(const std::string& json);

std::string CoverageJson(const Coverage& coverage);
Coverage ReadCoverageJson(const std::string& json);

std::string GapsJson(const std::vector<Gap>& gaps);
std::vector<Gap> ReadGapsJson(const std::string& json);

}  // namespace keysift
