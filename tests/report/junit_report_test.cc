// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "support/sample_report.h"
#include "support/written_report.h"

namespace keysift {

TEST_CASE("markup from the repository is text") {
  const std::string text = WrittenAs("junit", ReportOf("]]><x a='\"&\x01"));
  CHECK(text.find("<x") == std::string::npos);
  CHECK(text.find("]]&gt;&lt;x a=&apos;&quot;&amp;\\x01") != std::string::npos);
}

TEST_CASE("a clean scan is one test that passed, gaps are errors") {
  CHECK(WrittenAs("junit", ScanReport()).find("tests=\"1\" failures=\"0\"") !=
        std::string::npos);
  ScanReport report;
  report.gaps = {{GapKind::kLfs, "a", "", 0, ""}};
  ReportOptions options;
  CHECK(WrittenAs("junit", report, options).find("<error type=\"lfs\"") !=
        std::string::npos);
  options.allowed_gaps = {GapKind::kLfs};
  const std::string text = WrittenAs("junit", report, options);
  CHECK(text.find("<error") == std::string::npos);
  CHECK(text.find("<skipped message=") != std::string::npos);
}

TEST_CASE("only the first twenty places are listed") {
  ScanReport report = SampleReport();
  report.findings.resize(1);
  report.findings[0].locations.resize(1000, report.findings[0].locations[0]);
  CHECK(WrittenAs("junit", report).find("and 980 more places") !=
        std::string::npos);
}

}  // namespace keysift
