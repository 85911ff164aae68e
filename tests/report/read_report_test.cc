// SPDX-License-Identifier: Apache-2.0
#include "report/read_report.h"

#include <doctest/doctest.h>

#include "report/format.h"
#include "support/sample_report.h"

namespace keysift {
namespace {

std::string AsJson(const ScanReport& report) {
  std::string out;
  FindReportFormat("json")->write(report, {}, &out);
  return out;
}

std::string ErrorOf(const std::string& text) {
  const Result<ScanReport> report = ReadReport(text, "r.json");
  return report ? "" : report.error().ToString();
}

}  // namespace

TEST_CASE("a report that is read and written again has the same bytes") {
  ScanReport hostile = ReportOf("\xff\x1b[2J\"\\\n\xf0\x9f\x94\x91");
  hostile.findings[0].secret.value = "s3\xfe";
  for (const ScanReport& report :
       {SampleReport(), ScanReport(), ReportOf("plain")}) {
    const std::string text = AsJson(report);
    const Result<ScanReport> again = ReadReport(text, "r.json");
    REQUIRE(again);
    CHECK(AsJson(*again) == text);
  }
  const Result<ScanReport> again = ReadReport(AsJson(hostile), "r.json");
  REQUIRE(again);
  // Paths and values are exact; other texts have lost their invalid bytes.
  CHECK(again->findings[0].locations[0].path ==
        hostile.findings[0].locations[0].path);
  CHECK(again->findings[0].locations[0].member ==
        hostile.findings[0].locations[0].member);
  CHECK(again->findings[0].secret.value == hostile.findings[0].secret.value);
  CHECK(again->gaps[0].what == hostile.gaps[0].what);
  CHECK(again->target.path == hostile.target.path);
}

TEST_CASE("what is no report is refused, and nothing of it is repeated") {
  CHECK(ErrorOf("").starts_with("r.json: not JSON from byte"));
  CHECK(ErrorOf("{\"findings\": [tok_s3cr3t").find("s3cr3t") ==
        std::string::npos);
  CHECK(ErrorOf("[]") == "r.json: not a report of keysift: it has no findings");
  CHECK(ErrorOf("{\"findings\": []}") ==
        "r.json: not a report of keysift: it has no gaps");
  CHECK(ErrorOf("{\"schema_version\": 2, \"findings\": [], \"gaps\": []}")
            .find("newer keysift") != std::string::npos);
  CHECK(ErrorOf("{\"findings\": [7], \"gaps\": []}") != "");
  CHECK(ErrorOf("{\"findings\": [{\"severity\": \"high\", \"confidence\": "
                "\"likely\"}], \"gaps\": []}") ==
        "r.json: a finding lacks its fingerprint, rule or locations");
  CHECK(ErrorOf("{\"findings\": [], \"gaps\": [{\"kind\": \"odd\"}]}") ==
        "r.json: a gap is of no kind that keysift knows");
}

TEST_CASE("fields of a wrong type are empty, not an accident") {
  const Result<ScanReport> report = ReadReport(
      "{\"tool\": 3, \"target\": [], \"coverage\": {\"refs\": -1, "
      "\"suppressed\": 0}, \"findings\": [{\"fingerprint\": \"f\", "
      "\"rule_id\": \"r\", \"severity\": \"low\", \"confidence\": \"likely\", "
      "\"reason\": [1], \"secret\": [], \"details\": \"\", \"refs\": {}, "
      "\"first_commit\": 1, \"locations\": [4]}], \"gaps\": []}",
      "r.json");
  REQUIRE(report);
  CHECK(report->coverage.refs == 0);
  CHECK(report->findings[0].locations.size() == 1);
}

}  // namespace keysift
