// SPDX-License-Identifier: Apache-2.0
#include "rule/rule.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("names of severities and confidences go both ways") {
  Severity severity = Severity::kLow;
  CHECK(ParseSeverity("critical", &severity));
  CHECK(severity == Severity::kCritical);
  CHECK_FALSE(ParseSeverity("Critical", &severity));
  Confidence confidence = Confidence::kPossible;
  CHECK(ParseConfidence(ConfidenceName(Confidence::kCertain), &confidence));
  CHECK(confidence == Confidence::kCertain);
}

}  // namespace keysift
