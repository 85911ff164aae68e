// SPDX-License-Identifier: Apache-2.0
#include "finding/exit_code.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("the exit code says findings, then gaps, then clean") {
  ScanReport clean;
  ScanReport leaky;
  leaky.findings.resize(1);
  ScanReport cut;
  cut.gaps.push_back({GapKind::kShallow, "", "", 0, ""});
  ScanReport both = leaky;
  both.gaps = cut.gaps;
  CHECK(ExitCode(clean, {}) == 0);
  CHECK(ExitCode(leaky, {}) == 1);
  CHECK(ExitCode(cut, {}) == 3);
  CHECK(ExitCode(both, {}) == 1);
  CHECK(ExitCode(leaky, {}, 42) == 42);
  CHECK(ExitCode(both, {}, 0) == 0);
  CHECK(ExitCode(cut, {}, 0) == 3);
}

TEST_CASE("a gap is accepted by its own kind only") {
  ScanReport cut;
  cut.gaps.push_back({GapKind::kShallow, "", "", 0, ""});
  CHECK(ExitCode(cut, {GapKind::kShallow}) == 0);
  CHECK(ExitCode(cut, {GapKind::kMissing}) == 3);
  cut.gaps.push_back({GapKind::kLfs, "", "", 0, ""});
  CHECK(ExitCode(cut, {GapKind::kShallow}) == 3);
}

TEST_CASE("each kind is accepted by its own name and by no other") {
  for (int i = 0; i < static_cast<int>(GapKind::kInterrupted); ++i) {
    const GapKind kind = static_cast<GapKind>(i);
    GapKind named = GapKind::kInterrupted;
    REQUIRE(ParseGapKind(GapKindName(kind), &named));
    CHECK(named == kind);
    ScanReport report;
    report.gaps.push_back({kind, "", "", 0, ""});
    for (int other = 0; other < static_cast<int>(GapKind::kInterrupted);
         ++other) {
      CHECK(ExitCode(report, {static_cast<GapKind>(other)}) ==
            (other == i ? 0 : 3));
    }
  }
}

TEST_CASE("an interrupted scan ends with 130, allowed or not") {
  ScanReport report;
  report.findings.resize(1);
  report.gaps.push_back({GapKind::kInterrupted, "", "", 0, ""});
  CHECK(ExitCode(report, {GapKind::kInterrupted}) == 130);
}

}  // namespace keysift
