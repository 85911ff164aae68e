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

TEST_CASE("a rule is found by its id") {
  RuleSet rules;
  rules.rules.resize(2);
  rules.rules[1].id = "b";
  CHECK(rules.Find("b") == 1);
  CHECK(rules.Find("c") == -1);
}

}  // namespace keysift
