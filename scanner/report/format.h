// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "finding/scan_report.h"

namespace keysift {

// What a writer may be told beyond the report.
struct ReportOptions {
  bool color = false;    // text only
  bool verbose = false;  // text: every place, ref and gap
  // Text: end with SummaryText, for a report that goes to a file of its own.
  bool with_summary = false;
  // When the scan ran, for formats that must say so (gitlab): seconds since
  // 1970.
  int64_t started = 0;
  int64_t ended = 0;
  int exit_code = 0;  // what the process will end with
  // Gaps of these kinds were accepted (--allow-gaps).
  std::vector<GapKind> allowed_gaps;
};

// One report format: appends the whole report to `out`. Deterministic; never
// fails but for memory. A new format is one file and one line in formats.cc.
struct ReportFormat {
  const char* name;  // what -f takes
  const char* about;
  void (*write)(const ScanReport& report, const ReportOptions& options,
                std::string* out);
};

// All formats, in the order that help lists them.
const std::vector<ReportFormat>& ReportFormats();
// The format of that name, or null.
const ReportFormat* FindReportFormat(std::string_view name);

}  // namespace keysift
