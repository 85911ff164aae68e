// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "support/sample_report.h"
#include "support/written_report.h"

namespace keysift {

TEST_CASE("csv has one line per finding and gap, ended as RFC 4180 says") {
  const std::string text = WrittenAs("csv", ReportOf("a\nb,\"c\""));
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
  CHECK(std::count(text.begin(), text.end(), '\r') == 3);
  CHECK(text.find("\"a\\nb,\"\"c\"\"\"") != std::string::npos);
}

TEST_CASE("csv names state and repositories of a store's finding") {
  ScanReport report = ReportOf("x");
  report.findings[0].repositories.resize(2);
  report.findings[0].repositories[0].repository = "a";
  report.findings[0].repositories[1].repository = "b";
  report.findings[0].triage = Triage{"revoked", "me", "why", "now"};
  CHECK(WrittenAs("csv", report).find(",revoked,\"a; b\"\r\n") !=
        std::string::npos);
}

TEST_CASE("a cell never begins as a formula") {
  for (const char* evil : {"=1+1", "+1", "-1", "@SUM(A1)", "|x", "%x"}) {
    const std::string text = WrittenAs("csv", ReportOf(evil));
    CHECK(text.find(std::string(",") + evil) == std::string::npos);
    CHECK(text.find(std::string(",\"") + evil) == std::string::npos);
    CHECK(text.find(std::string(",\"'") + evil) != std::string::npos);
  }
}

}  // namespace keysift
