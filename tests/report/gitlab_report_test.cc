// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support/sample_report.h"
#include "support/written_report.h"

namespace keysift {
namespace {

using Json = nlohmann::json;

}  // namespace

TEST_CASE("what GitLab's schema demands is there") {
  ReportOptions options;
  options.started = 1700000000;
  options.ended = 1700000061;
  const Json report = Json::parse(WrittenAs("gitlab", SampleReport(), options));
  const Json& scan = report["scan"];
  CHECK(scan["start_time"] == "2023-11-14T22:13:20");
  CHECK(scan["end_time"] == "2023-11-14T22:14:21");
  CHECK(scan["type"] == "secret_detection");
  CHECK(scan["status"] == "failure");
  for (const char* tool : {"analyzer", "scanner"}) {
    CHECK(scan[tool]["vendor"]["name"] == "keysift");
    CHECK(scan[tool]["version"].get<std::string>() != "");
  }
  CHECK(scan["messages"].size() == 8);
  REQUIRE(report["vulnerabilities"].size() == 3);
  for (const Json& one : report["vulnerabilities"]) {
    CHECK(one["id"].get<std::string>().size() == 36);
    CHECK(one["identifiers"][0]["value"].get<std::string>() != "");
    CHECK(one["location"]["commit"]["sha"].get<std::string>() != "");
    CHECK(one["location"]["start_line"].get<int>() >= 1);
  }
  CHECK(report["vulnerabilities"][0]["id"] ==
        "00112233-4455-8677-a899-aabbccddeeff");
}

TEST_CASE("texts keep within the schema's limits") {
  ScanReport report = SampleReport();
  report.findings[0].description = std::string(300, 'x');
  report.findings[0].remediation = std::string(9000, 'y');
  const Json one =
      Json::parse(WrittenAs("gitlab", report))["vulnerabilities"][0];
  CHECK(one["name"].get<std::string>().size() == 255);
  CHECK(one["solution"].get<std::string>().size() == 7000);
}

}  // namespace keysift
