// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support/sample_report.h"
#include "support/written_report.h"

namespace keysift {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

TEST_CASE("the contract's fields are all there") {
  const Json report = Json::parse(WrittenAs("json", SampleReport()));
  for (const char* key :
       {"schema_version", "tool", "target", "coverage", "findings", "gaps"}) {
    CHECK_MESSAGE(report.contains(key), std::string(key));
  }
  for (const char* key :
       {"fingerprint", "rule_id", "description", "severity", "confidence",
        "reason", "secret", "details", "first_commit", "removed_commit",
        "in_head", "refs", "reachable", "locations", "remediation",
        "revoke_url"}) {
    CHECK_MESSAGE(report["findings"][0].contains(key), std::string(key));
  }
  for (const char* key : {"path", "line", "column", "end_line", "end_column",
                          "commit", "blob", "member", "decoding"}) {
    CHECK_MESSAGE(report["findings"][0]["locations"][0].contains(key),
                  std::string(key));
  }
  CHECK(report["coverage"]["suppressed"]["ignore"] == 2);
  CHECK(report["findings"][0]["removed_commit"].is_null());
}

TEST_CASE("a value is written only where the finding has one, a hash never") {
  ScanReport report = SampleReport();
  report.findings[0].secret.sha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
  CHECK(WrittenAs("json", report).find("\"value\"") == std::string::npos);
  report.findings[0].secret.value = "s3cr3t";
  const std::string text = WrittenAs("json", report);
  CHECK(text.find("\"value\": \"s3cr3t\"") != std::string::npos);
  for (const ReportFormat& format : ReportFormats()) {
    CHECK(WrittenAs(format.name, report).find("a9993e36") == std::string::npos);
  }
}

TEST_CASE("a path that is not UTF-8 comes a second time, exact") {
  ScanReport report = SampleReport();
  report.findings[0].locations[0].path = "caf\xe9";
  const Json place =
      Json::parse(WrittenAs("json", report))["findings"][0]["locations"][0];
  CHECK(place["path"] == "caf\xef\xbf\xbd");
  CHECK(place["path_base64"] == "Y2Fm6Q==");
}

}  // namespace keysift
