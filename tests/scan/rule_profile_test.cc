// SPDX-License-Identifier: Apache-2.0
#include "scan/rule_profile.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/fake_engine.h"
#include "support/temporary_folder.h"

namespace keysift {

TEST_CASE("each rule's hits are counted, and the costliest comes first") {
  FakeEngine engine;
  std::string many;
  for (int i = 0; i < 500; ++i) {
    many += "near xyz tok_3fa81c90d7e2\n";
  }
  const std::vector<std::string> texts = {many, "tok_3fa81c90d7e2\n"};
  const Result<RuleProfile> profile = ProfileRules(engine.engine(), texts);
  REQUIRE(profile);
  CHECK(profile->texts == 2);
  CHECK(profile->bytes == many.size() + texts[1].size());
  CHECK(profile->match_ns > 0);
  REQUIRE(profile->costs.size() == engine.rules().rules.size());
  uint64_t most = 0;
  for (const RuleCost& cost : profile->costs) {
    CHECK(cost.match_ns > 0);
    CHECK(cost.width > 0);
    CHECK(cost.accepted <= cost.hits);
    most = std::max(most, cost.hits);
  }
  CHECK(most >= 501);
  CHECK(std::is_sorted(profile->costs.begin(), profile->costs.end(),
                       [](const RuleCost& a, const RuleCost& b) {
                         return a.match_ns + a.verify_ns >
                                b.match_ns + b.verify_ns;
                       }));
}

TEST_CASE("a sample is taken of files and refused where there is none") {
  const TemporaryFolder folder;
  CHECK(SampleTexts(folder.path() + "/none", 100, 1).error().kind ==
        ErrorKind::kNotFound);
  CHECK(SampleTexts(folder.path(), 100, 1).error().kind ==
        ErrorKind::kNotFound);
  for (int i = 0; i < 40; ++i) {
    folder.Write("file" + std::to_string(i), std::string(10, 'x'));
  }
  const auto texts = SampleTexts(folder.path(), 100, 1);
  REQUIRE(texts);
  CHECK(texts->size() == 10);
  CHECK(SampleTexts(folder.path() + "/file0", 100, 1)->size() == 1);
}

}  // namespace keysift
