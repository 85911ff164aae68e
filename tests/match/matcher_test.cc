// SPDX-License-Identifier: Apache-2.0
#include "match/matcher.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace keysift {
namespace {

std::vector<Hit> SortedHits(Matcher* matcher, const std::string& text) {
  std::vector<Hit> hits;
  REQUIRE(matcher->Scan(text, &hits));
  std::sort(hits.begin(), hits.end());
  hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
  return hits;
}

}  // namespace

TEST_CASE("hits tell pattern and end, counted from the text's start") {
  Result<PatternDatabase> database =
      PatternDatabase::Compile({{"key[0-9]", 4}, {"key", 9}});
  REQUIRE(database);
  Result<Matcher> matcher = Matcher::Create(*database);
  REQUIRE(matcher);
  CHECK(SortedHits(&*matcher, "a key1") ==
        std::vector<Hit>{Hit::At(5, 9), Hit::At(6, 4)});
  CHECK(SortedHits(&*matcher, "").empty());
}

TEST_CASE("blocks of any size give the hits of one scan") {
  Result<PatternDatabase> database =
      PatternDatabase::Compile({{"\\b[ab]{1,6}\\b", 0},
                                {"(?m)^b+a{2}", 1},
                                {"(?m)ab$", 2},
                                {"a.{0,5}b", 3}});
  // Width is bounded: b+ is not, so this one must be refused.
  CHECK_FALSE(database);
  database = PatternDatabase::Compile({{"\\b[ab]{1,6}\\b", 0},
                                       {"(?m)^b{1,4}a{2}", 1},
                                       {"(?m)ab$", 2},
                                       {"a.{0,5}b", 3}});
  REQUIRE(database);
  Result<Matcher> whole = Matcher::Create(*database);
  REQUIRE(whole);
  std::mt19937 random(3);
  const std::string alphabet = "aab \n";
  for (uint64_t block_size : {19u, 20u, 21u, 32u, 63u}) {
    Result<Matcher> blocks = Matcher::Create(*database, block_size);
    REQUIRE(blocks);
    for (size_t length = 0; length < 150; ++length) {
      std::string text;
      for (size_t i = 0; i < length; ++i) {
        text.push_back(alphabet[random() % alphabet.size()]);
      }
      CHECK(SortedHits(&*blocks, text) == SortedHits(&*whole, text));
    }
  }
}

TEST_CASE("a matcher can be moved") {
  Result<PatternDatabase> database = PatternDatabase::Compile({{"abc", 0}});
  REQUIRE(database);
  Result<Matcher> matcher = Matcher::Create(*database);
  REQUIRE(matcher);
  Matcher moved = std::move(*matcher);
  CHECK(SortedHits(&moved, "abcabc").size() == 2);
}

}  // namespace keysift
