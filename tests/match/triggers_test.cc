// SPDX-License-Identifier: Apache-2.0
#include "match/triggers.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "match/trigger_masks.h"

namespace keysift {
namespace {

std::vector<Hit> HitsIn(std::string_view text) {
  std::vector<Hit> hits;
  FindTriggers(text, &hits);
  std::sort(hits.begin(), hits.end());
  return hits;
}

// How often `trigger` hits.
int Count(std::string_view text, Trigger trigger) {
  int count = 0;
  for (const Hit& hit : HitsIn(text)) {
    count +=
        hit.pattern() == kFirstTrigger + static_cast<uint32_t>(trigger) ? 1 : 0;
  }
  return count;
}

// Of pieces that make triggers, nearly make them, or stand around them.
std::string RandomText(std::mt19937* random, int pieces) {
  static const std::vector<std::string> kPieces = {
      "aGVsbG8gd29ybGQsIGhvdyBhcmUgeW91",
      "68656c6c6f20776f726c642c20686f77",
      "%41",
      "%7E",
      "\\x41",
      "\\u0041",
      "\\101",
      "\\\":",
      "&#65;",
      "&quot;",
      "=3D",
      "=\n",
      "\"\n",
      "\\\n",
      "' .\n",
      "AbCdEf12345",
      "aaaaaaaaaa",
      "\n",
      " ",
      "//4",
      "\\n",
      "+",
      "/",
      "0x",
      "\"",
      "word",
      "Zm9v"};
  std::string text;
  for (int i = 0; i < pieces; ++i) {
    text += kPieces[(*random)() % kPieces.size()];
  }
  return text;
}

}  // namespace

TEST_CASE("hit forms keep their rule's number") {
  RuleSet rules;
  rules.rules.resize(3);
  rules.rules[0].hits = {"abc"};
  rules.rules[2].hits = {"def", "ghi"};  // rule 1: a path alone
  std::vector<PatternSource> sources = PatternSources(rules);
  REQUIRE(sources.size() == 3);
  CHECK(sources[0].pattern == 0);
  CHECK(sources[1].pattern == 2);
  CHECK(sources[2].expression == "ghi");
  CHECK(sources[2].pattern == 2);
}

TEST_CASE("base64 of text is one hit however long it is") {
  const std::string text = "aGVsbG8gd29ybGQsIGhvdyBhcmUgeW91IHRvZGF5PyBmaW5l";
  CHECK(Count(text, Trigger::kBase64) == 1);
  CHECK(Count("v = \"" + text + text + "\"", Trigger::kBase64) == 1);
  CHECK(Count("+" + text, Trigger::kBase64) == 1);
  CHECK(Count("b25jZSBtb3JlOiB0b2tlbjog", Trigger::kBase64) == 1);
  CHECK(Count("\"a\\n" + text + "\"", Trigger::kBase64) == 1);
  CHECK(HitsIn(text)[0].end() == 20);
}

TEST_CASE("base64 of UTF-16, with its mark or without, is a hit") {
  CHECK(Count("SQBuAHYAbwBrAGUALQBFAHgA", Trigger::kBase64) == 1);
  CHECK(Count("//5JAG4AdgBvAGsAZQAtAEUA", Trigger::kBase64) == 1);
}

TEST_CASE("long words, paths and hashes are no hits") {
  CHECK(HitsIn("CURLOPT_SSL_VERIFYHOST_DEFAULT_VALUE").empty());
  CHECK(HitsIn("/usr/share/doc/packages/some-library/README").empty());
  CHECK(HitsIn("da39a3ee5e6b4b0d3255bfef95601890afd80709").empty());
  CHECK(HitsIn("----------------------------------------").empty());
  CHECK(HitsIn("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj").empty());
}

TEST_CASE("hex of text is a hit, with 0x in front or not") {
  CHECK(Count("746f6b656e3a2068656c6c6f20", Trigger::kHex) == 1);
  CHECK(Count("0x746F6B656E3A2068656C6C6F", Trigger::kHex) == 1);
}

TEST_CASE("of escapes that follow closely only the first is a hit") {
  CHECK(Count("%61%62%63%64%65%66%67%68", Trigger::kPercent) == 1);
  CHECK(Count("a%3Db \"c%3Dd\"", Trigger::kPercent) == 2);
  CHECK(Count("\\x61\\x62\\x63", Trigger::kEscape) == 1);
  CHECK(Count("\\u0061\\u0062", Trigger::kEscape) == 1);
  CHECK(Count("\\141\\142", Trigger::kEscape) == 1);
  CHECK(Count("&#97;&#98;", Trigger::kEntity) == 1);
}

TEST_CASE("quoted-printable: an escaped = or two escapes in a row") {
  CHECK(Count("a=3Db", Trigger::kQuotedPrintable) == 1);
  CHECK(Count("=61=62=30=63", Trigger::kQuotedPrintable) == 1);
  CHECK(HitsIn("a=30 b=31;c=3").empty());
  CHECK(HitsIn("a=30=1").empty());
}

TEST_CASE("escapes of control characters and formats of printf are no hits") {
  CHECK(HitsIn("\\x00\\x01\\x1b \\033[0m \\u001b \\0 %08x %s %d%%").empty());
}

TEST_CASE("words cut at a line's end are hits, sentences are not") {
  CHECK(Count("\"ghp1AbCdEfGh\" +\n", Trigger::kJoin) == 1);
  CHECK(Count("'ghp1AbCdEfGh'\r\n", Trigger::kJoin) == 1);
  CHECK(Count("ghp1AbCdEfGh\\\nIjK", Trigger::kJoin) == 1);
  CHECK(Count("ghp1AbCdEfGh=\nIjK", Trigger::kQuotedPrintable) == 1);
  CHECK(HitsIn("\"and so it goes on \"\n").empty());
  CHECK(HitsIn("\"identifier\"\n").empty());
  CHECK(HitsIn("ghp1AbCdEfGh==\n\n").empty());
}

TEST_CASE("a hit depends on kTriggerWidth + 1 bytes before its end alone") {
  std::mt19937 random(11);
  uint64_t compared = 0;
  for (int round = 0; round < 400; ++round) {
    const std::string text = RandomText(&random, 60);
    const std::vector<Hit> all = HitsIn(text);
    const uint64_t begin = random() % text.size();
    const uint64_t end = begin + random() % (text.size() - begin + 1);
    const std::vector<Hit> part = HitsIn(text.substr(begin, end - begin));
    const auto wanted = [](std::vector<Hit> hits, uint64_t from, uint64_t to) {
      std::erase_if(hits, [&](const Hit& hit) {
        return hit.end() < from || hit.end() > to;
      });
      return hits;
    };
    std::vector<Hit> inside =
        wanted(all, begin == 0 ? 0 : begin + kTriggerWidth + 1, end);
    for (Hit& hit : inside) {
      hit = hit.Shifted(-static_cast<int64_t>(begin));
    }
    REQUIRE(inside ==
            wanted(part, begin == 0 ? 0 : kTriggerWidth + 1, end - begin));
    compared += inside.size();
  }
  CHECK(compared > 1000);
}

#if defined(__x86_64__)
TEST_CASE("masks are the same with AVX2 and AVX-512 as without") {
  std::vector<decltype(&LookForTriggers)> forms;
  if (__builtin_cpu_supports("avx2") != 0) {
    forms.push_back(&LookForTriggersAvx2);
  }
  if (__builtin_cpu_supports("avx512bw") != 0) {
    forms.push_back(&LookForTriggersAvx512);
  }
  std::mt19937 random(12);
  std::string bytes(64 * 64 + 1, '\0');
  for (char& byte : bytes) {
    byte = static_cast<char>(random() % 4 == 0 ? random() : random() % 96 + 32);
  }
  std::vector<TriggerMasks> fast(64);
  std::vector<TriggerMasks> plain(64);
  for (const auto form : forms) {
    for (uint64_t before :
         {uint64_t{0}, ~uint64_t{0}, uint64_t{0xffff} << 48}) {
      CHECK(form(bytes.data(), 64, before, fast.data()) ==
            LookForTriggersPlain(bytes.data(), 64, before, plain.data()));
    }
    for (size_t i = 0; i < 64; ++i) {
      CHECK(fast[i].runs == plain[i].runs);
      CHECK(fast[i].signs == plain[i].signs);
    }
  }
}
#endif

}  // namespace keysift
