// SPDX-License-Identifier: Apache-2.0
#include "match/pattern_database.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "match/matcher.h"
#include "rule/regex_match.h"
#include "rule/regex_syntax.h"

namespace keysift {
namespace {

std::string RefusalOf(const std::string& expression) {
  Result<PatternDatabase> database =
      PatternDatabase::Compile({{"plain", 0}, {expression, 1}});
  return database ? "accepted" : database.error().message;
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::set<std::pair<uint64_t, uint32_t>> ScanAll(const PatternDatabase& database,
                                                const std::string& text) {
  Result<Matcher> matcher = Matcher::Create(database);
  REQUIRE(matcher);
  std::vector<Hit> hits;
  REQUIRE(matcher->Scan(text, &hits));
  std::set<std::pair<uint64_t, uint32_t>> found;
  for (Hit hit : hits) {
    found.emplace(hit.end(), hit.pattern());
  }
  return found;
}

}  // namespace

TEST_CASE("forms that the delta scheme forbids are refused with advice") {
  CHECK(Contains(RefusalOf("\\Aabc"), "file's start"));
  CHECK(Contains(RefusalOf("^abc"), "write (?m)^"));
  CHECK(Contains(RefusalOf("abc\\z"), "file's end"));
  CHECK(Contains(RefusalOf("(?:abc|d$)"), "write (?m)$"));
  CHECK(Contains(RefusalOf("a?b*"), "require some bytes"));
  CHECK(Contains(RefusalOf("abc+"), "bound its repetitions"));
  CHECK(Contains(RefusalOf("a[bc]{256}"), "more than 256 bytes"));
  CHECK(Contains(RefusalOf("abc\\Z"), "write \\z"));
  CHECK(Contains(RefusalOf("(?=a)b"), "look-around"));
  CHECK(RefusalOf("(?m)^abc$") == "accepted");
  CHECK(RefusalOf("a[bc]{255}") == "accepted");
  CHECK(Contains(RefusalOf("abc\\z"), "`abc\\z`"));
}

TEST_CASE("no expressions at all is an error") {
  CHECK_FALSE(PatternDatabase::Compile({}));
}

TEST_CASE("the width is that of the widest form, without context bytes") {
  Result<PatternDatabase> database =
      PatternDatabase::Compile({{"ab", 0}, {"\\babc{2,9}\\b", 1}});
  REQUIRE(database);
  CHECK(database->width() == 11);
}

TEST_CASE("a serialized database keeps its width and its hits") {
  Result<PatternDatabase> database =
      PatternDatabase::Compile({{"AKIA[A-Z]{4}", 0}, {"(?i)datadog", 7}});
  REQUIRE(database);
  Result<std::string> bytes = database->Serialize();
  REQUIRE(bytes);
  Result<PatternDatabase> loaded = PatternDatabase::Load(*bytes);
  REQUIRE(loaded);
  CHECK(loaded->width() == database->width());
  std::string text = "x AKIAQWERT DataDog";
  CHECK(ScanAll(*loaded, text) == ScanAll(*database, text));
  CHECK(ScanAll(*loaded, text).size() == 2);
}

TEST_CASE("an image keeps its width and its hits wherever it lies") {
  Result<PatternDatabase> database =
      PatternDatabase::Compile({{"AKIA[A-Z]{4}", 0}, {"(?i)datadog", 7}});
  REQUIRE(database);
  const Result<std::string> image = database->ToImage();
  REQUIRE(image);
  const std::string text = "x AKIAQWERT DataDog";
  constexpr size_t kAlignment = PatternDatabase::kImageAlignment;
  std::vector<char> memory(image->size() + 4 * kAlignment);
  for (size_t step = 0; step < 3; ++step) {
    void* place = memory.data() + step * kAlignment;
    size_t space = memory.size() - step * kAlignment;
    char* aligned =
        static_cast<char*>(std::align(kAlignment, image->size(), place, space));
    REQUIRE(aligned != nullptr);
    std::copy(image->begin(), image->end(), aligned);
    Result<PatternDatabase> loaded =
        PatternDatabase::FromImage({aligned, image->size()});
    REQUIRE(loaded);
    CHECK(loaded->width() == database->width());
    CHECK(ScanAll(*loaded, text) == ScanAll(*database, text));
    CHECK(loaded->Serialize().value() == database->Serialize().value());
  }
  const std::string_view whole(memory.data(), memory.size());
  CHECK_FALSE(PatternDatabase::FromImage(whole.substr(0, 9)));
  CHECK_FALSE(PatternDatabase::FromImage("KSPD and more"));
}

TEST_CASE("each CPU level up to the host's compiles, loads and agrees") {
  std::vector<PatternSource> sources = {{"gh[pous]_[0-9A-Za-z]{8}", 3}};
  for (const char* level : {"sse42", "avx2", "avx512"}) {
    Result<std::string> bytes =
        PatternDatabase::CompileSerialized(sources, level);
    REQUIRE(bytes);
    Result<PatternDatabase> loaded = PatternDatabase::Load(*bytes);
    if (loaded) {
      CHECK(ScanAll(*loaded, "t=ghp_0123abcd").size() == 1);
    } else {
      CHECK(loaded.error().kind == ErrorKind::kUnsupported);
    }
    if (level == PatternDatabase::HostCpuLevel()) {
      CHECK(loaded);
    }
  }
  CHECK_FALSE(PatternDatabase::CompileSerialized(sources, "avx1024"));
}

TEST_CASE("damaged and cut bytes do not load") {
  Result<std::string> bytes =
      PatternDatabase::Compile({{"abcdef", 0}})->Serialize();
  REQUIRE(bytes);
  for (size_t size = 0; size < bytes->size(); size += 7) {
    CHECK_FALSE(PatternDatabase::Load(bytes->substr(0, size)));
  }
  std::string damaged = *bytes;
  damaged[damaged.size() / 2] ^= 0x10;
  CHECK_FALSE(PatternDatabase::Load(damaged));
  CHECK_FALSE(PatternDatabase::Load("KSPD\x02 is another format"));
}

TEST_CASE("Hyperscan and the plain matcher see the same hits") {
  const std::vector<std::string> expressions = {
      "AKIA[2-7A-Z]{4}",   "(?i)da(?:ta|ga)dog", "\\b[0-9a-f]{4}\\b",
      "a[^\\n]{0,3}b",     "(?m)^x[yz]{1,3}$",   "\\Bab\\B",
      "(?:ab|a)(?:c|bcd)", "[\\x80-\\xff]{2}",   "a\\sb",
      "(?s)a.b",           "x{2,5}y?",           "(?i)k\\S[^k]"};
  std::vector<PatternSource> sources;
  std::vector<RegexNode> roots;
  for (const std::string& expression : expressions) {
    sources.push_back({expression, static_cast<uint32_t>(roots.size())});
    Result<Regex> regex = ParseRegex(expression);
    REQUIRE(regex);
    roots.push_back(regex->root);
  }
  Result<PatternDatabase> database = PatternDatabase::Compile(sources);
  REQUIRE(database);
  std::mt19937 random(7);
  const std::string alphabet = "abcdgkKDTxyzAI2f \n\v\x80\xe9";
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (size_t i = 0; i < 60; ++i) {
      text.push_back(alphabet[random() % alphabet.size()]);
    }
    text += round % 2 == 0 ? "AKIAZZ22Q" : "dAtadog";
    std::set<std::pair<uint64_t, uint32_t>> expected;
    for (uint32_t pattern = 0; pattern < roots.size(); ++pattern) {
      Positions ends = AllMatchEnds(roots[pattern], text);
      for (size_t end = 0; end < ends.size(); ++end) {
        if (ends[end]) {
          expected.emplace(end, pattern);
        }
      }
    }
    CHECK(ScanAll(*database, text) == expected);
  }
}

}  // namespace keysift
