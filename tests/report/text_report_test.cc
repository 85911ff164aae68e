// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "report/format.h"
#include "report/paragraph.h"
#include "support/golden.h"
#include "support/sample_report.h"

namespace keysift {
namespace {

std::string AsText(const ScanReport& report, const ReportOptions& options) {
  std::string out;
  FindReportFormat("text")->write(report, options, &out);
  return out;
}

std::string WithoutColor(std::string text) {
  for (const char* code : {"\x1b[36m", "\x1b[33m", "\x1b[1;31m",
                           "\x1b[1;37;41m", "\x1b[0m", "\x1b[1m"}) {
    text = Replaced(text, code, "");
  }
  return text;
}

}  // namespace

TEST_CASE("colour changes nothing but the colour") {
  ReportOptions colored;
  colored.color = true;
  const std::string text = AsText(SampleReport(), colored);
  CHECK(text.find('\x1b') != std::string::npos);
  CHECK(WithoutColor(text) == AsText(SampleReport(), {}));
}

TEST_CASE("the text of a finding fits 80 columns") {
  const std::string text = AsText(SampleReport(), {});
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin);
    CHECK(end - begin <= kTextWidth);
    begin = end + 1;
  }
}

TEST_CASE("a store's finding says what was decided, or how to") {
  ScanReport report = SampleReport();
  report.findings[0].repositories.resize(1);
  report.findings[0].triage = Triage{"revoked", "me", "ticket 7", "now"};
  const std::string text = AsText(report, {});
  CHECK(text.find("  state     revoked, me, now\n            \"ticket 7\"") !=
        std::string::npos);
  CHECK(text.find("keysift bulk triage --store FILE") != std::string::npos);
  CHECK(text.find("keysift ignore add ks1-0011") == std::string::npos);
}

TEST_CASE("verbose lists every place and ref") {
  ReportOptions options;
  options.verbose = true;
  const std::string text = AsText(SampleReport(), options);
  CHECK(text.find("config_6.ini:18:9") != std::string::npos);
  CHECK(text.find("tags/v1.0") != std::string::npos);
}

TEST_CASE("a secret in full is shown only where the report has it") {
  ScanReport report = SampleReport();
  report.findings[2].secret.value = "hunter2";
  CHECK(AsText(report, {}).find("hunter2") != std::string::npos);
  CHECK(AsText(SampleReport(), {}).find("hunter2") == std::string::npos);
}

}  // namespace keysift
