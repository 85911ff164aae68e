// SPDX-License-Identifier: Apache-2.0
#include "cli/join_reports.h"

#include <doctest/doctest.h>

#include <filesystem>

namespace keysift {
namespace {

ScanReport ReportOf(const std::string& target, const std::string& fingerprint) {
  ScanReport report;
  report.target.kind = "directory";
  report.target.path = target;
  report.coverage.files_scanned = 1;
  Finding finding;
  finding.fingerprint = fingerprint;
  Location location;
  location.path = "a.txt";
  finding.locations.push_back(location);
  report.findings.push_back(finding);
  report.gaps.push_back({GapKind::kTooLarge, "file", "big", 1, ""});
  PrefixPaths(&report);
  return report;
}

TEST_CASE("one secret in two targets is one finding with both places") {
  ScanReport joined;
  JoinReport(ReportOf("one", "same"), &joined);
  JoinReport(ReportOf("two", "same"), &joined);
  REQUIRE(joined.findings.size() == 1);
  REQUIRE(joined.findings[0].locations.size() == 2);
  CHECK(joined.findings[0].locations[0].path == "one/a.txt");
  CHECK(joined.findings[0].locations[1].path == "two/a.txt");
  CHECK(joined.coverage.files_scanned == 2);
  REQUIRE(joined.gaps.size() == 2);
  CHECK(joined.gaps[1].where == "two/big");
  CHECK(joined.target.path == "one two");
}

TEST_CASE("different secrets stay apart") {
  ScanReport joined;
  JoinReport(ReportOf("one", "a"), &joined);
  JoinReport(ReportOf("two", "b"), &joined);
  CHECK(joined.findings.size() == 2);
}

TEST_CASE("a file's own path and messages get no prefix") {
  ScanReport report;
  report.target.path = "x.txt";
  Finding finding;
  finding.locations.resize(2);
  finding.locations[0].path = "x.txt";
  report.findings.push_back(finding);
  PrefixPaths(&report);
  CHECK(report.findings[0].locations[0].path == "x.txt");
  CHECK(report.findings[0].locations[1].path.empty());
}

std::string PathShown(const std::string& kind, const std::string& target) {
  ScanReport report;
  report.target.kind = kind;
  report.target.path = target;
  report.findings.emplace_back();
  report.findings[0].locations.emplace_back();
  report.findings[0].locations[0].path = "a.txt";
  ShowFromHere(&report);
  return report.findings[0].locations[0].path;
}

TEST_CASE("paths of a directory below are relative to the current one") {
  const std::string here = std::filesystem::current_path().string();
  CHECK(PathShown("directory", "one") == "one/a.txt");
  CHECK(PathShown("directory", "./one/two/") == "one/two/a.txt");
  CHECK(PathShown("directory", here + "/one") == "one/a.txt");
  CHECK(PathShown("directory", "..one") == "..one/a.txt");
}

TEST_CASE("paths of other targets are relative to these") {
  CHECK(PathShown("directory", ".") == "a.txt");
  CHECK(PathShown("directory", "../one") == "a.txt");
  CHECK(PathShown("directory", "/nowhere/one") == "a.txt");
  CHECK(PathShown("repository", "one") == "a.txt");
}

}  // namespace
}  // namespace keysift
