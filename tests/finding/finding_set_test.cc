// SPDX-License-Identifier: Apache-2.0
#include "finding/finding_set.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace keysift {
namespace {

Occurrence At(uint32_t object, uint64_t line, std::string_view secret,
              Confidence confidence = Confidence::kLikely) {
  Occurrence occurrence;
  occurrence.rule = 1;
  occurrence.secret = secret;
  occurrence.object = object;
  occurrence.line = occurrence.end_line = line;
  occurrence.column = 3;
  occurrence.end_column = 9;
  occurrence.confidence = confidence;
  return occurrence;
}

std::string Describe(const Occurrence& o) {
  return std::to_string(o.object) + ":" + std::to_string(o.line);
}

void AddAndDescribe(const Occurrence& occurrence, FindingSet* set) {
  FindingText* text = set->Add(occurrence);
  if (text != nullptr) {
    text->snippet = Describe(occurrence);
  }
}

// All that Take yields, as text.
std::string Dump(FindingSet* set) {
  std::string dump;
  for (const FoundSecret& found : set->Take()) {
    dump += std::to_string(found.rule) + " " + found.secret + " " +
            ConfidenceName(found.confidence) + " " +
            SeverityName(found.severity) + " " + found.text.snippet + "\n";
    for (const Place& place : found.places) {
      dump += "  " + std::to_string(place.object) + ":" +
              std::to_string(place.line) + " " + PlaceKindName(place.kind()) +
              " " + set->inside(place.inside()).member + "\n";
    }
  }
  return dump;
}

}  // namespace

TEST_CASE("a place is small") { CHECK(sizeof(Place) == 24); }

TEST_CASE("one secret with all its places, described by the best") {
  FindingSet set;
  CHECK(set.Add(At(7, 2, "s1")) != nullptr);
  CHECK(set.Add(At(9, 2, "s1")) == nullptr);
  CHECK(set.Add(At(8, 1, "s1", Confidence::kPossible)) == nullptr);
  FindingText* text = set.Add(At(9, 5, "s1", Confidence::kCertain));
  REQUIRE(text != nullptr);
  text->snippet = "the best";
  CHECK(set.Add(At(9, 5, "s1", Confidence::kCertain)) == nullptr);
  CHECK(set.size() == 1);
  CHECK(set.occurrences() == 5);
  const std::vector<FoundSecret> found = set.Take();
  REQUIRE(found.size() == 1);
  CHECK(found[0].text.snippet == "the best");
  CHECK(found[0].confidence == Confidence::kCertain);
  CHECK(found[0].places.size() == 4);
  CHECK(found[0].places[0].object == 7);
  CHECK(set.size() == 0);
}

TEST_CASE("rules and secrets are kept apart") {
  FindingSet set;
  Occurrence other = At(1, 1, "s1");
  other.rule = 0;
  set.Add(At(1, 1, "s2"));
  set.Add(At(1, 1, "s1"));
  set.Add(other);
  const std::vector<FoundSecret> found = set.Take();
  REQUIRE(found.size() == 3);
  CHECK(found[0].rule == 0);
  CHECK(found[1].secret == "s1");
  CHECK(found[2].secret == "s2");
}

TEST_CASE("any sharing out among workers, in any order, gives the same") {
  std::vector<Inside> insides(5);
  insides[1] = {"b/inner.txt", {}};
  insides[2] = {"a/inner.txt", {"base64"}};
  insides[3] = {"a/inner.txt", {}};
  insides[4] = {"", {"base64", "gzip"}};
  std::vector<std::string> secrets = {"alpha", "beta", "gamma"};
  std::mt19937 random(7);
  const auto below = [&random](uint32_t limit) {
    return static_cast<uint32_t>(random() % limit);
  };
  std::vector<Occurrence> all;
  for (int i = 0; i < 400; ++i) {
    Occurrence o = At(below(9), 1 + below(4), secrets[below(3)],
                      static_cast<Confidence>(below(3)));
    o.severity = static_cast<Severity>(below(4));
    o.inside = &insides[below(5)];
    o.kind = static_cast<PlaceKind>(below(7));
    all.push_back(o);
  }
  FindingSet one;
  for (const Occurrence& o : all) {
    AddAndDescribe(o, &one);
  }
  const std::string expected = Dump(&one);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(all.begin(), all.end(), random);
    std::vector<FindingSet> workers(3);
    for (const Occurrence& o : all) {
      AddAndDescribe(o, &workers[below(3)]);
    }
    FindingSet joined;
    for (FindingSet& worker : workers) {
      joined.Merge(std::move(worker));
    }
    CHECK(Dump(&joined) == expected);
  }
}

TEST_CASE("counts beyond 32 bits are clipped, not wrapped") {
  FindingSet set;
  set.Add(At(1, uint64_t{1} << 40, "s"));
  CHECK(set.Take()[0].places[0].line == UINT32_MAX);
}

}  // namespace keysift
