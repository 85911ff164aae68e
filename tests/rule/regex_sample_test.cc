// SPDX-License-Identifier: Apache-2.0
#include "rule/regex_sample.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "rule/regex_match.h"
#include "rule/regex_syntax.h"

namespace keysift {

TEST_CASE("samples match, vary, and reach both ends of a repetition") {
  Result<Regex> regex = ParseRegex("(?i)ab{2,40}(?:c|[^\\n]{3})d*");
  REQUIRE(regex);
  RegexSampler sampler(11);
  std::set<size_t> lengths;
  for (int i = 0; i < 200; ++i) {
    std::string sample = sampler.Sample(regex->root);
    CHECK(MatchEndsFrom(regex->root, sample, 0)[sample.size()]);
    lengths.insert(sample.size());
  }
  CHECK(*lengths.begin() == 4);
  CHECK(*lengths.rbegin() >= 44);
}

TEST_CASE("the same seed makes the same samples") {
  Result<Regex> regex = ParseRegex("[a-z]{20}");
  REQUIRE(regex);
  CHECK(RegexSampler(3).Sample(regex->root) ==
        RegexSampler(3).Sample(regex->root));
}

}  // namespace keysift
