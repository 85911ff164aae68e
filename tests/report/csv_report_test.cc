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

TEST_CASE("a cell never begins as a formula") {
  for (const char* evil : {"=1+1", "+1", "-1", "@SUM(A1)", "|x", "%x"}) {
    const std::string text = WrittenAs("csv", ReportOf(evil));
    CHECK(text.find(std::string(",") + evil) == std::string::npos);
    CHECK(text.find(std::string(",\"") + evil) == std::string::npos);
    CHECK(text.find(std::string(",\"'") + evil) != std::string::npos);
  }
}

}  // namespace keysift
