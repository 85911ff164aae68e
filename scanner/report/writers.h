// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/format.h"

namespace keysift {

// The writers that formats.cc lists, one per *_report.cc. All keep the contract
// of ReportFormat::write.
void WriteTextReport(const ScanReport& report, const ReportOptions& options,
                     std::string* out);
void WriteJsonReport(const ScanReport& report, const ReportOptions& options,
                     std::string* out);
void WriteJsonlReport(const ScanReport& report, const ReportOptions& options,
                      std::string* out);
void WriteSarifReport(const ScanReport& report, const ReportOptions& options,
                      std::string* out);
void WriteCsvReport(const ScanReport& report, const ReportOptions& options,
                    std::string* out);
void WriteJunitReport(const ScanReport& report, const ReportOptions& options,
                      std::string* out);
void WriteGitlabReport(const ScanReport& report, const ReportOptions& options,
                       std::string* out);
void WriteGithubReport(const ScanReport& report, const ReportOptions& options,
                       std::string* out);
void WriteGitleaksReport(const ScanReport& report, const ReportOptions& options,
                         std::string* out);
void WriteHtmlReport(const ScanReport& report, const ReportOptions& options,
                     std::string* out);

}  // namespace keysift
