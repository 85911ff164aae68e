// SPDX-License-Identifier: Apache-2.0
#include "report/format.h"
#include "report/writers.h"

namespace keysift {

const std::vector<ReportFormat>& ReportFormats() {
  static const std::vector<ReportFormat>* const kFormats =
      new std::vector<ReportFormat>{
          {"text", "for people: one screen per finding", WriteTextReport},
          {"json", "everything, to be read back", WriteJsonReport},
          {"jsonl", "the same by lines", WriteJsonlReport},
          {"sarif", "SARIF 2.1.0, for code scanning", WriteSarifReport},
          {"csv", "for spreadsheets", WriteCsvReport},
          {"junit", "JUnit XML, for test dashboards", WriteJunitReport},
          {"gitlab", "GitLab's secret detection report", WriteGitlabReport},
          {"github", "annotations in GitHub Actions", WriteGithubReport},
          {"html", "one page to look at and search, no network",
           WriteHtmlReport},
          {"gitleaks", "gitleaks' JSON", WriteGitleaksReport},
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
