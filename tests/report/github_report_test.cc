// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "support/sample_report.h"
#include "support/written_report.h"

namespace keysift {

TEST_CASE("a file name cannot end the property it stands in") {
  ScanReport report = SampleReport();
  report.gaps.clear();
  report.findings.resize(1);
  report.findings[0].locations[0].path = "a,line=9::%0A::error::x\n";
  const std::string text = WrittenAs("github", report);
  CHECK(text.starts_with(
      "::error file=a%2Cline=9%3A%3A%250A%3A%3Aerror%3A%3Ax\\n,line=12,"));
}

TEST_CASE("the worst come first, by kind of annotation") {
  ScanReport report = SampleReport();
  std::swap(report.findings[0], report.findings[2]);
  report.findings[1].severity = Severity::kMedium;
  report.gaps.clear();
  const std::string text = WrittenAs("github", report);
  const size_t error = text.find("::error ");
  const size_t warning = text.find("::warning ");
  const size_t notice = text.find("::notice ");
  CHECK(error < warning);
  CHECK(warning < notice);
  CHECK(notice != std::string::npos);
}

}  // namespace keysift
