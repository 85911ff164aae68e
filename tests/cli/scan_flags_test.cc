// SPDX-License-Identifier: Apache-2.0
#include "cli/scan_flags.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/support/temporary_folder.h"

namespace keysift {
namespace {

TEST_CASE("the defaults are the documented ones") {
  ScanSettings settings;
  REQUIRE(ReadScanSettings({}, &settings) == true);
  CHECK(settings.request.scope == ScanRequest::Scope::kAuto);
  CHECK(settings.format == "text");
  CHECK(settings.options.min_confidence == Confidence::kLikely);
  CHECK(settings.findings_code == 1);
}

TEST_CASE("flags reach what they set") {
  ScanSettings settings;
  REQUIRE(ReadScanSettings(
      {"--range", "B", "--not", "A", "-j", "3", "--max-file-size", "1k",
       "--report", "json=x=y", "--allow-gaps", "shallow", "--exit-code", "9",
       "--min-confidence", "certain", "--color", "never", "repo"},
      &settings));
  CHECK(settings.request.scope == ScanRequest::Scope::kRange);
  CHECK(settings.request.range == std::vector<std::string>{"B", "^A"});
  CHECK(settings.options.threads == 3);
  CHECK(settings.options.max_file_size == 1024);
  REQUIRE(settings.extra_reports.size() == 1);
  CHECK(settings.extra_reports[0].output.path == "x=y");
  CHECK(settings.allowed_gaps == std::vector<GapKind>{GapKind::kShallow});
  CHECK(settings.findings_code == 9);
  CHECK(settings.options.min_confidence == Confidence::kCertain);
  CHECK(settings.color == When::kNever);
  CHECK(settings.targets == std::vector<std::string>{"repo"});
}

TEST_CASE("what does not fit together is refused") {
  const std::vector<std::vector<std::string>> lines = {
      {"--staged", "--range", "A..B"},
      {"--staged", "--worktree"},
      {"--staged", "a", "b"},
      {"--worktree", "--no-worktree"},
      {"--exit-code", "2"},
      {"--exit-code", "126"},
      {"--report", "json"},
      {"--allow-gaps", "all"},
      {"-j", "0"},
      {"--min-confidence", "sure"},
      {"--color", "sometimes"},
      {"--since", "whenever"}};
  for (const std::vector<std::string>& line : lines) {
    CAPTURE(line.front());
    ScanSettings settings;
    CHECK_FALSE(ReadScanSettings(line, &settings));
  }
}

TEST_CASE("a fingerprint key comes from a file, its line end left out") {
  const TemporaryFolder folder;
  ScanSettings settings;
  REQUIRE(ReadScanSettings(
      {"--fingerprint-key", folder.Write("key", "our own\n")}, &settings));
  CHECK(settings.options.fingerprint_key == "our own");
  CHECK_FALSE(ReadScanSettings(
      {"--fingerprint-key", folder.Write("empty", "\n")}, &settings));
  CHECK_FALSE(
      ReadScanSettings({"--fingerprint-key", "/no/such/key"}, &settings));
}

}  // namespace
}  // namespace keysift
