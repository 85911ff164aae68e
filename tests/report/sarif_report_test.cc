// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "report/format.h"
#include "report/sarif_rules.h"
#include "support/sample_report.h"

namespace keysift {
namespace {

using Json = nlohmann::json;

Json AsSarif(const ScanReport& report, const ReportOptions& options = {}) {
  std::string out;
  FindReportFormat("sarif")->write(report, options, &out);
  return Json::parse(out);
}

}  // namespace

TEST_CASE("rules have all that code scanning asks for") {
  const Json log = AsSarif(SampleReport());
  CHECK(log["version"] == "2.1.0");
  CHECK(log["$schema"].get<std::string>().find("sarif") != std::string::npos);
  const Json& driver = log["runs"][0]["tool"]["driver"];
  CHECK(driver["name"] == "keysift");
  CHECK(driver.contains("semanticVersion"));
  REQUIRE(driver["rules"].size() == 3);
  for (const Json& rule : driver["rules"]) {
    for (const char* key : {"shortDescription", "fullDescription", "help"}) {
      CHECK(rule[key]["text"].get<std::string>() != "");
    }
    CHECK(rule["help"].contains("markdown"));
    CHECK(rule["properties"].contains("security-severity"));
    CHECK(rule["properties"].contains("precision"));
    CHECK(rule["properties"]["tags"].size() <= 10);
  }
  CHECK(driver["rules"][0]["properties"]["security-severity"] == "9.5");
  CHECK(driver["rules"][0]["properties"]["precision"] == "very-high");
}

TEST_CASE("results have a place, a region from 1 on, and both fingerprints") {
  const Json run = AsSarif(SampleReport())["runs"][0];
  CHECK(run["automationDetails"]["id"] == "keysift/");
  REQUIRE(run["results"].size() == 3);
  for (const Json& result : run["results"]) {
    CHECK(result["message"]["text"].get<std::string>() != "");
    const Json& place = result["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"].get<std::string>() != "");
    CHECK(place["region"]["startLine"].get<int>() >= 1);
    const size_t index = result["ruleIndex"].get<size_t>();
    CHECK(run["tool"]["driver"]["rules"][index]["id"] == result["ruleId"]);
  }
  const Json& first = run["results"][0];
  CHECK(first["partialFingerprints"]["primaryLocationLineHash"] ==
        "0011223344556677:1");
  CHECK(first["partialFingerprints"]["keysift/v1"] ==
        "ks1-00112233445566778899aabbccddeeff");
  CHECK(first["locations"].size() == 7);
  CHECK(first["properties"]["commit"] ==
        SampleReport().findings[0].first_commit->id);
  CHECK(first["locations"][0]["physicalLocation"]["region"]["endColumn"] == 49);
}

TEST_CASE("a history finding names its commits in the message") {
  const Json run = AsSarif(SampleReport())["runs"][0];
  const std::string message = run["results"][1]["message"]["text"];
  CHECK(message.find("since commit cccccccccccc") != std::string::npos);
  CHECK(message.find("by commit dddddddddddd") != std::string::npos);
}

TEST_CASE("what a person decided in a store is a suppression") {
  ScanReport report = SampleReport();
  CHECK_FALSE(
      AsSarif(report)["runs"][0]["results"][0].contains("suppressions"));
  for (Finding& finding : report.findings) {
    finding.repositories.resize(1);
    finding.repositories[0].repository = "team/a.git";
  }
  report.findings[0].triage = Triage{"false alarm", "me", "a test", "now"};
  const Json results = AsSarif(report)["runs"][0]["results"];
  const Json& decided = results[0]["suppressions"];
  REQUIRE(decided.size() == 1);
  CHECK(decided[0]["kind"] == "external");
  CHECK(decided[0]["justification"] == "false alarm: a test (me, now)");
  CHECK(results[1]["suppressions"].empty());
  CHECK(results[0]["properties"]["repositories"][0] == "team/a.git");
}

TEST_CASE("gaps are notifications, and the run was no success") {
  ReportOptions options;
  options.exit_code = 1;
  Json invocation =
      AsSarif(SampleReport(), options)["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitCode"] == 1);
  CHECK(invocation["toolExecutionNotifications"].size() == 8);
  options.allowed_gaps = {GapKind::kMissing, GapKind::kDamaged};
  invocation = AsSarif(SampleReport(), options)["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == true);
  CHECK(invocation["toolExecutionNotifications"][0]["level"] == "note");
}

TEST_CASE("over 25,000 findings the worst are kept, and the rest is told") {
  ScanReport report;
  Finding finding = SampleReport().findings[2];
  report.findings.assign(25001, finding);
  report.findings.back().severity = Severity::kCritical;
  const Json run = AsSarif(report)["runs"][0];
  CHECK(run["results"].size() == 25000);
  CHECK(run["results"][0]["level"] == "error");
  CHECK(run["invocations"][0]["toolExecutionNotifications"][0]["descriptor"]
           ["id"] == "more-results");
}

TEST_CASE("paths become URI references") {
  CHECK(SarifUri("a/b c%.py") == "a/b%20c%25.py");
  CHECK(SarifUri("\xff:#?") == "%FF%3A%23%3F");
  CHECK(SarifUri("/tmp/x") == "file:///tmp/x");
}

}  // namespace keysift
