// SPDX-License-Identifier: Apache-2.0
#include "store/suppressor.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

std::string Print(char digit) { return "ks1-" + std::string(32, digit); }

Finding Found(char digit) {
  Finding finding;
  finding.fingerprint = Print(digit);
  finding.rule_id = "aws-key";
  finding.locations.resize(1);
  finding.locations[0].path = "a";
  finding.locations[0].line = 3;
  return finding;
}

Suppressor Ignoring(const std::string& text) {
  Suppressor suppressor;
  suppressor.ignore_files.push_back(
      IgnoreFile::Parse(text, ".keysiftignore").value());
  return suppressor;
}

}  // namespace

TEST_CASE("an ignored finding goes, is counted and named") {
  ScanReport report;
  report.findings = {Found('1'), Found('2')};
  const SuppressionOutcome outcome =
      Suppress(Ignoring("#\n" + Print('1') + " reason=\"test key\"\n" +
                        Print('9') + " reason=x\n"),
               "2026-01-01", &report);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].fingerprint == Print('2'));
  CHECK(report.coverage.suppressed_ignore == 1);
  REQUIRE(outcome.suppressed.size() == 1);
  CHECK(outcome.suppressed[0].by == ".keysiftignore:2");
  CHECK(outcome.suppressed[0].reason == "test key");
  REQUIRE(outcome.unused.size() == 1);
  CHECK(outcome.unused[0].fingerprint == Print('9'));
}

TEST_CASE("what the repository's configuration takes is counted and named") {
  ScanReport report;
  report.findings = {Found('1'), Found('2')};
  Suppressor suppressor = Ignoring(Print('1') + " reason=x\n");
  suppressor.configuration_name = ".gitleaks.toml";
  suppressor.configuration = [](const Finding&, std::string* reason) {
    *reason = "disabledRules";
    return true;
  };
  const SuppressionOutcome outcome =
      Suppress(suppressor, "2026-01-01", &report);
  CHECK(report.findings.empty());
  CHECK(report.coverage.suppressed_ignore == 1);  // it goes first
  CHECK(report.coverage.suppressed_config == 1);
  REQUIRE(outcome.suppressed.size() == 2);
  CHECK(outcome.suppressed[1].by == ".gitleaks.toml");
  CHECK(outcome.suppressed[1].reason == "disabledRules");
}

TEST_CASE("an expired entry hides nothing and is reported") {
  ScanReport report;
  report.findings = {Found('1')};
  const Suppressor suppressor = Ignoring(Print('1') + " until=2025-12-31\n");
  const SuppressionOutcome outcome =
      Suppress(suppressor, "2026-01-01", &report);
  CHECK(report.findings.size() == 1);
  CHECK(outcome.expired.size() == 1);
  CHECK(outcome.unused.empty());
  CHECK(Suppress(suppressor, "2025-12-31", &report).suppressed.size() == 1);
  CHECK(report.findings.empty());
}

TEST_CASE("a baseline takes what it knows, the ignore file goes first") {
  ScanReport report;
  report.findings = {Found('1'), Found('2'), Found('3')};
  Suppressor suppressor = Ignoring(Print('1') + "\n");
  suppressor.baselines.push_back(
      Baseline::Read("{\"findings\": [{\"fingerprint\": \"" + Print('1') +
                         "\"}, {\"fingerprint\": \"" + Print('2') + "\"}]}",
                     "old.json")
          .value());
  const SuppressionOutcome outcome =
      Suppress(suppressor, "2026-01-01", &report);
  CHECK(report.coverage.suppressed_ignore == 1);
  CHECK(report.coverage.suppressed_baseline == 1);
  REQUIRE(outcome.suppressed.size() == 2);
  CHECK(outcome.suppressed[1].by == "old.json");
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].fingerprint == Print('3'));
}

TEST_CASE("a place that was accepted never hides a second secret") {
  Suppressor suppressor;
  suppressor.baselines.push_back(
      Baseline::Read("a:aws-access-token:3\n", ".gitleaksignore").value());
  ScanReport one;
  one.findings = {Found('1')};
  CHECK(Suppress(suppressor, "2026-01-01", &one).suppressed.size() == 1);
  ScanReport two;
  two.findings = {Found('1'), Found('2')};
  const SuppressionOutcome outcome = Suppress(suppressor, "2026-01-01", &two);
  CHECK(outcome.suppressed.empty());
  CHECK(two.findings.size() == 2);
  REQUIRE(outcome.ambiguous.size() == 1);
  CHECK(outcome.ambiguous[0] == ".gitleaksignore: entry 1");
}

}  // namespace keysift
