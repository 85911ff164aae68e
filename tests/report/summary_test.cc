// SPDX-License-Identifier: Apache-2.0
#include "report/summary.h"

#include <doctest/doctest.h>

#include "support/sample_report.h"

namespace keysift {

TEST_CASE("clean is said where it is true, and only there") {
  ScanReport report;
  report.coverage.objects_scanned = 1234;
  report.coverage.bytes_scanned = 5600;
  CHECK(SummaryText(report, {}) ==
        "no leaks found in 1,234 objects (5.6 kB), complete\n");
  report.gaps = {{GapKind::kShallow, "commit 77", "", 0, ""}};
  ReportOptions options;
  std::string text = SummaryText(report, options);
  CHECK(text.find("no leaks") == std::string::npos);
  CHECK(text.starts_with("INCOMPLETE: "));
  CHECK(text.find("git fetch --unshallow") != std::string::npos);
  options.allowed_gaps = {GapKind::kShallow};
  text = SummaryText(report, options);
  CHECK(text.find("no leaks") == std::string::npos);
  CHECK(text.find("accepted") != std::string::npos);
}

TEST_CASE("five gaps of a kind are shown, all if asked") {
  ReportOptions options;
  std::string text = SummaryText(SampleReport(), options);
  CHECK(text.find("7 x missing") != std::string::npos);
  CHECK(text.find("and 2 more") != std::string::npos);
  CHECK(text.find("object 6777") == std::string::npos);
  options.verbose = true;
  text = SummaryText(SampleReport(), options);
  CHECK(text.find("and 2 more") == std::string::npos);
  CHECK(text.find("object 6777") != std::string::npos);
}

TEST_CASE("what was suppressed or left out is counted") {
  const std::string text = SummaryText(SampleReport(), {});
  CHECK(text.find("suppressed: 2 by .keysiftignore, 1 by comments") !=
        std::string::npos);
  CHECK(text.find("4 weaker matches are left out") != std::string::npos);
}

}  // namespace keysift
