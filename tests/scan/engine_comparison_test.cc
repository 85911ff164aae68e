// SPDX-License-Identifier: Apache-2.0
//
// Hyperscan with RE2 = RE2 alone, on the examples and near misses of all
// built-in rules (of every sixth text; KEYSIFT_ALL_EXAMPLES=1 takes them all,
// which is a minute's work: each offset in reach of a match is verified).
// tests/bench/regex_alone does the same on histories.
#include "support/engine_comparison.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "match/builtin.h"
#include "match/delta_scan.h"

namespace keysift {

TEST_CASE("all examples: Hyperscan and RE2 find what RE2 alone finds") {
  const RuleSet rules = BuiltinRulesWithExamples();
  const EngineComparison comparison(&rules);
  Result<PatternDatabase> patterns = LoadBuiltinPatterns();
  REQUIRE(patterns);
  Result<Matcher> matcher = Matcher::Create(*patterns);
  REQUIRE(matcher);
  DeltaScan scan(&*matcher);
  // Many to a text: each text costs a search by every rule.
  constexpr size_t kText = 4000;
  const size_t step = std::getenv("KEYSIFT_ALL_EXAMPLES") != nullptr ? 1 : 6;
  size_t number = 0;
  size_t found = 0;
  std::string text;
  for (const Rule& rule : rules.rules) {
    for (const auto* list : {&rule.examples, &rule.negative_examples}) {
      for (const std::string& example : *list) {
        text += example + "\n\n\n\n";
      }
    }
    if (text.size() < kText && &rule != &rules.rules.back()) {
      continue;
    }
    if (number++ % step != 0) {
      text.clear();
      continue;
    }
    std::vector<Hit> hits;
    std::vector<Hit> every;
    REQUIRE(scan.ScanWhole(text, &hits));
    comparison.HitsOfRegexes(text, &every);
    const std::vector<Detection> fast = comparison.DetectionsOf(text, hits);
    found += fast.size();
    CHECK(comparison.IsSame("up to " + rule.id, fast,
                            comparison.DetectionsOf(text, every)));
    text.clear();
  }
  CHECK(found > 100);
}

}  // namespace keysift
