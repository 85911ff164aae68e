// SPDX-License-Identifier: Apache-2.0
//
// What holds for every format: golden files for the sample, and what must
// never come through, whatever a repository holds.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "finding/escape.h"
#include "finding/redact.h"
#include "report/format.h"
#include "report/version.h"
#include "support/golden.h"
#include "support/sample_report.h"

namespace keysift {
namespace {

std::string Written(const ReportFormat& format, const ScanReport& report) {
  ReportOptions options;
  options.with_summary = true;
  options.exit_code = 1;
  std::string out;
  format.write(report, options, &out);
  return out;
}

std::string WithoutNewlines(std::string text) {
  std::erase(text, '\n');
  return text;
}

}  // namespace

TEST_CASE("each format writes the sample as its golden file has it") {
  for (const ReportFormat& format : ReportFormats()) {
    const std::string version = ToolVersion();
    std::string actual = Written(format, SampleReport());
    actual = Replaced(actual, "\"" + version + "\"", "\"@VERSION@\"");
    actual = Replaced(actual, "keysift " + version, "keysift @VERSION@");
    const std::string golden =
        Golden(std::string(KEYSIFT_GOLDEN) + "/sample." + format.name, actual);
    CHECK_MESSAGE(actual == golden, std::string(format.name));
  }
}

TEST_CASE("no format lets a control character or invalid UTF-8 through") {
  const std::string evils[] = {
      "\x1b[2J\x1b]0;owned\x07",
      "a\rb\tc\x7f",
      "\xc2\x9b"
      "31m\x9b"
      "31m",
      "\xe2\x80\xae txt.exe \xe2\x81\xa6",
      "\xff\xfe\xc0\x80",
  };
  for (const std::string& evil : evils) {
    for (const ReportFormat& format : ReportFormats()) {
      std::string text = WithoutNewlines(Written(format, ReportOf(evil)));
      std::erase(text, '\r');  // csv's line ends; see below
      CHECK_MESSAGE(EscapeForTerminal(text) == text, std::string(format.name));
    }
  }
}

TEST_CASE("no format lets the repository begin a line") {
  for (const std::string evil :
       {"\n::error::owned", "\r::error::owned", "\r\n::error::owned",
        "\xe2\x80\xa8::error::owned"}) {
    for (const ReportFormat& format : ReportFormats()) {
      const std::string text = "\n" + Written(format, ReportOf(evil));
      CHECK_MESSAGE(text.find("\n::error::owned") == std::string::npos,
                    std::string(format.name));
      CHECK_MESSAGE(text.find("\r::error::owned") == std::string::npos,
                    std::string(format.name));
    }
  }
}

TEST_CASE("a secret planted in every string is in no format") {
  const std::string secret = "tok_" + std::string("9Zq8Xw7Cv6Bn5Mk4Lj3H");
  ScanReport report = ReportOf("before " + secret + " after");
  ScrubReport(Scrubber({secret}), &report);
  report.findings[0].secret.redacted = Redact(secret);
  for (const ReportFormat& format : ReportFormats()) {
    const std::string text = Written(format, report);
    CHECK_MESSAGE(text.find(secret) == std::string::npos,
                  std::string(format.name));
    CHECK_MESSAGE(text.find("Xw7Cv6Bn5Mk4") == std::string::npos,
                  std::string(format.name));
    if (std::string(format.name) != "github") {
      CHECK_MESSAGE(text.find("some-rule") != std::string::npos,
                    std::string(format.name));
    }
  }
}

TEST_CASE("what is JSON parses, whatever the strings are") {
  for (const std::string evil : {"\"}]\\", "\xff\"", "\xf0\x9f\x94\x91\n",
                                 "\xf3\xa0\x81\x81", "\\u0000"}) {
    for (const char* name : {"json", "sarif", "gitlab", "gitleaks"}) {
      const std::string text = Written(*FindReportFormat(name), ReportOf(evil));
      CHECK_MESSAGE(nlohmann::json::accept(text), std::string(name));
    }
  }
}

TEST_CASE("gaps are said in every format that has a place for them") {
  ScanReport report;
  report.gaps = {{GapKind::kShallow, "commit 77", "", 0, ""}};
  for (const ReportFormat& format : ReportFormats()) {
    if (std::string(format.name) == "gitleaks") {
      continue;
    }
    CHECK_MESSAGE(Written(format, report).find("shallow") != std::string::npos,
                  std::string(format.name));
  }
}

TEST_CASE("formats are found by name") {
  CHECK(FindReportFormat("sarif") != nullptr);
  CHECK(FindReportFormat("SARIF") == nullptr);
  CHECK(FindReportFormat("") == nullptr);
}

}  // namespace keysift
