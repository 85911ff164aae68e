// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/format.h"

namespace keysift {

// `report` in the format called `name`, which must exist.
inline std::string WrittenAs(const char* name, const ScanReport& report,
                             const ReportOptions& options = {}) {
  std::string out;
  FindReportFormat(name)->write(report, options, &out);
  return out;
}

}  // namespace keysift
