// SPDX-License-Identifier: Apache-2.0
#include "finding/scan_report.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

Finding FindingOf(Severity severity, const char* path, uint64_t line) {
  Finding finding;
  finding.severity = severity;
  finding.rule_id = "acme-token";
  Location location;
  location.path = path;
  location.line = line;
  finding.locations.push_back(location);
  return finding;
}

TEST_CASE("coverage adds up; digests do not") {
  Coverage sum;
  sum.objects_total = 3;
  sum.objects_reachable = 2;
  sum.digest = "ab";
  Coverage other;
  other.objects_total = 4;
  other.objects_reachable = 4;
  other.below_confidence = 1;
  sum.Add(other);
  CHECK(sum.objects_total == 7);
  CHECK(sum.objects_reachable == 6u);
  CHECK(sum.below_confidence == 1);
  CHECK(sum.digest.empty());
}

TEST_CASE("what one target does not tell, the sum does not tell") {
  Coverage sum;
  sum.objects_reachable = 2;
  sum.Add(Coverage());
  CHECK_FALSE(sum.objects_reachable.has_value());
}

TEST_CASE("the worst comes first, then by place") {
  const Finding worst = FindingOf(Severity::kCritical, "z", 9);
  const Finding low = FindingOf(Severity::kLow, "a", 1);
  const Finding later = FindingOf(Severity::kLow, "a", 10);
  CHECK(ComesBefore(worst, low));
  CHECK_FALSE(ComesBefore(low, worst));
  CHECK(ComesBefore(low, later));
  CHECK_FALSE(ComesBefore(low, low));
}

TEST_CASE("gaps stand by kind, then by what they are of") {
  Gap missing;
  missing.kind = GapKind::kMissing;
  missing.what = "z";
  Gap damaged;
  damaged.kind = GapKind::kDamaged;
  damaged.what = "a";
  CHECK(GapComesBefore(missing, damaged) == (missing.kind < damaged.kind));
  Gap other = missing;
  other.what = "b";
  CHECK(GapComesBefore(other, missing));
}

}  // namespace
}  // namespace keysift
