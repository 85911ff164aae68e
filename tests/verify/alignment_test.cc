// SPDX-License-Identifier: Apache-2.0
#include "verify/alignment.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

constexpr Nearness kMost{2, 100};

TEST_CASE("lines and what parts sections make a distance") {
  const std::string_view text = "a\nb\n\nc\n[d\ne";
  const auto between = [text](size_t a, size_t b) {
    return PartDistance(text, {a, a + 1}, {b, b + 1}, kMost) / kLineCost;
  };
  CHECK(between(0, 0) == kTooFar / kLineCost);
  CHECK(between(0, 2) == 1);
  CHECK(between(2, 0) == 1);
  CHECK(between(2, 5) == 5);
  CHECK(between(5, 10) == 5);
  CHECK(between(0, 5) == kTooFar / kLineCost);
}

TEST_CASE("most pairs first, then the least cost, and never crossing") {
  const std::vector<Span> ids = {{0, 1}, {10, 11}};
  const std::vector<Span> secrets = {{20, 21}, {30, 31}};
  const PairCost apart = [&](size_t i, size_t j) -> uint64_t {
    return secrets[j].begin - ids[i].begin;
  };
  CHECK(AlignParts(ids, secrets, 50, apart) == PartPairs{{0, 0}, {1, 1}});
  CHECK(AlignParts(ids, {secrets[0]}, 50, apart) == PartPairs{{1, 0}});
  CHECK(AlignParts({}, secrets, 50, apart).empty());
}

}  // namespace
}  // namespace keysift
