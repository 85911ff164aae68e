// SPDX-License-Identifier: Apache-2.0
#include "report/format.h"
#include "report/writers.h"

namespace keysift {

const std::vector<ReportFormat>& ReportFormats() {
  static const std::vector<ReportFormat>* const kFormats =
      new std::vector<ReportFormat>{
          {"text", "for people: one screen per finding", WriteTextReport},
          {"json", "everything, to be read back", WriteJsonReport},
      };
  return *kFormats;
}

const ReportFormat* FindReportFormat(std::string_view name) {
  for (const ReportFormat& format : ReportFormats()) {
    if (name == format.name) {
      return &format;
    }
  }
  return nullptr;
}

}  // namespace keysift
