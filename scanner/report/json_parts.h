// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "finding/scan_report.h"
#include "report/json_writer.h"

namespace keysift {

// The pieces of keysift's own JSON report, shared by its whole form (json) and
// its form by lines (jsonl). Each writes one value; json_report.cc documents
// the fields.
void WriteJsonFinding(const Finding& finding, JsonWriter* json);
void WriteJsonGap(const Gap& gap, JsonWriter* json);
// "tool", "target" and "coverage", as fields of the open object.
void WriteJsonHead(const ScanReport& report, JsonWriter* json);

}  // namespace keysift
