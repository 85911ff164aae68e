// SPDX-License-Identifier: Apache-2.0
#include "content/decoder.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

namespace keysift {
namespace {

constexpr uint64_t kLimit = 1 << 20;

const std::vector<const Decoder*> kAll = {
    &kBase64Decoder, &kHexDecoder,    &kPercentDecoder,
    &kEscapeDecoder, &kEntityDecoder, &kQuotedPrintableDecoder,
    &kJoinDecoder};

// What `decoder` makes of the piece around the hit, which ends behind the "^"
// of `marked` (and the "^" is no part of the text).
struct Outcome {
  std::string piece;
  std::string text;
  std::string name;
  std::vector<uint32_t> origins;
  bool decoded = false;
};

Outcome Run(const Decoder& decoder, std::string marked) {
  const size_t mark = marked.find('^');
  REQUIRE(mark != std::string::npos);
  marked.erase(mark, 1);
  Sight sight(marked);
  const Span span = decoder.find(&sight, mark, kLimit);
  REQUIRE(span.begin <= span.end);
  REQUIRE(span.end <= marked.size());
  Outcome outcome;
  outcome.piece = span.In(marked);
  Decoded decoded;
  outcome.decoded = !span.empty() && decoder.decode(outcome.piece, &decoded);
  outcome.text = decoded.text;
  outcome.name = decoded.name;
  outcome.origins = decoded.origins;
  return outcome;
}

}  // namespace

TEST_CASE("base64 in either alphabet, padded or not") {
  CHECK(Run(kBase64Decoder, "v = \"aGVsbG8^gd29ybGQ=\";").text ==
        "hello world");
  CHECK(Run(kBase64Decoder, "aGVsbG8^gd29ybGQ").text == "hello world");
  CHECK(Run(kBase64Decoder, "x: fn5-Pj^4-Pz8_ y").text == "~~~>>>???");
  CHECK(Run(kBase64Decoder, "x: fn5+Pj^4+Pz8/ y").text == "~~~>>>???");
}

TEST_CASE("base64 leaves out what only touches it") {
  CHECK(Run(kBase64Decoder, "+aGVsbG8^gd29ybGQ=").piece == "aGVsbG8gd29ybGQ=");
  CHECK(Run(kBase64Decoder, "\"\\naGVsbG8^gd29ybGQ=").piece ==
        "aGVsbG8gd29ybGQ=");
}

TEST_CASE("base64 goes on over line ends where it was wrapped") {
  const std::string line(48, 'A');
  const Outcome three =
      Run(kBase64Decoder,
          "k: |\n  " + line + "\n  A^" + line.substr(1) + "\r\n  QUJD\n");
  REQUIRE(three.text.size() == 36 + 36 + 3);
  CHECK(three.text.substr(72) == "ABC");
  CHECK(three.origins[72] == 48 + 3 + 48 + 4);
  // Neither short lines nor a longer one after it.
  CHECK(Run(kBase64Decoder, "QUJD\nQ^UJD\n").text == "ABC");
  CHECK(Run(kBase64Decoder, "QUJD^\nQUJD\n").text == "ABC");
  CHECK(Run(kBase64Decoder, line + "^\n" + line + "AAAA\n").text.size() == 36);
  // Prose is no last line.
  CHECK(Run(kBase64Decoder, line + "^\nand so on\n").text.size() == 36);
}

TEST_CASE("hex, and none of an odd number of digits") {
  CHECK(Run(kHexDecoder, "0x68656C^6c6f").text == "hello");
  CHECK(Run(kHexDecoder, "\"68656c^6c6f\"").text == "hello");
  CHECK_FALSE(Run(kHexDecoder, "68656c^6c6").decoded);
}

TEST_CASE("percent-encoding up to what no URL holds") {
  const Outcome url = Run(kPercentDecoder, "see https://a/?k%3D^v%2Bw&x=%zz.");
  CHECK(url.text == "https://a/?k=v+w&x=%zz.");
  CHECK(url.origins[12] == 12);
  CHECK(url.origins[13] == 15);
  CHECK(Run(kPercentDecoder, "\"a%41^b\" c").piece == "a%41b");
}

TEST_CASE("escapes of string literals, named by their kind") {
  CHECK(Run(kEscapeDecoder, R"(s = "\x41^\x42";)").text == "AB");
  CHECK(Run(kEscapeDecoder, R"(s = "\x41^\x42";)").name == "hex-escape");
  CHECK(Run(kEscapeDecoder, R"("\u0041^\ud83d\ude00\u{42}")").text ==
        "A\xf0\x9f\x98\x80"
        "B");
  CHECK(Run(kEscapeDecoder, R"("\u0041^")").name == "unicode-escape");
  CHECK(Run(kEscapeDecoder, R"("\101^\102\7")").text == "AB\7");
  CHECK(Run(kEscapeDecoder, R"("\101^")").name == "octal-escape");
  CHECK(Run(kEscapeDecoder, R"(x("{\"key\":^ \"a\\b\"}"))").text ==
        R"({"key": "a\b"})");
  CHECK(Run(kEscapeDecoder, R"("\n^token")").name == "string-escape");
  // What is none stays.
  CHECK(Run(kEscapeDecoder, R"("\x4^1\xg1\q\u12")").text == R"(A\xg1\q\u12)");
}

TEST_CASE("character references") {
  CHECK(Run(kEntityDecoder, "<a>&#^65;&#x42;&amp;&quot;&bogus;</a>").text ==
        "AB&\"&bogus;");
}

TEST_CASE("quoted-printable, over soft line breaks") {
  const std::string start(70, 'a');
  const Outcome joined =
      Run(kQuotedPrintableDecoder, "x\n" + start + "=\nbcd^=3Dc\ny");
  CHECK(joined.text == start + "bcd=c");
  CHECK(joined.origins[70] == 72);
  // Padding at the end of a short line, or "=" before anything else.
  CHECK_FALSE(Run(kQuotedPrintableDecoder, "abcd=\nbcd^").decoded);
  CHECK_FALSE(Run(kQuotedPrintableDecoder, "a=3D^b c=d").decoded);
}

TEST_CASE("string literals that are joined over lines") {
  CHECK(Run(kJoinDecoder, "x = \"ab\" +\n^  \"cd\" +\n  \"ef\";").text ==
        "abcdef");
  CHECK(Run(kJoinDecoder, "$x = 'ab'\n^  . 'cd';").text == "abcd");
  CHECK(Run(kJoinDecoder, "(\"ab\"\r\n^  \"cd\\\"\")").text == "abcd\\\"");
  CHECK(Run(kJoinDecoder, "export A=ab\\\ncde^f\n").text == "export A=abcdef");
  CHECK_FALSE(Run(kJoinDecoder, "[\"ab\"\n^, \"cd\"]").decoded);
  CHECK_FALSE(Run(kJoinDecoder, "\"ab\"\n\n^\"cd\"").decoded);
}

TEST_CASE("any bytes: pieces lie in the text, origins rise and lie in pieces") {
  std::mt19937 random(3);
  const std::string_view alphabet = "aZ09+/=-_%\\xun\"'&#;<> \n\r\t.|";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (uint64_t size = random() % 120; size > 0; --size) {
      text += random() % 16 == 0 ? static_cast<char>(random())
                                 : alphabet[random() % alphabet.size()];
    }
    for (const Decoder* decoder : kAll) {
      const uint64_t end = random() % (text.size() + 1);
      Sight sight(text);
      const Span span = decoder->find(&sight, end, random() % 100);
      REQUIRE(span.begin <= span.end);
      REQUIRE(span.end <= text.size());
      if (!span.empty()) {
        REQUIRE(sight.low() <= static_cast<int64_t>(span.begin));
        REQUIRE(sight.high() >= static_cast<int64_t>(span.end));
      }
      Decoded decoded;
      if (!decoder->decode(span.In(text), &decoded)) {
        continue;
      }
      REQUIRE(decoded.origins.size() == decoded.text.size() + 1);
      REQUIRE(decoded.text.size() <= span.size());
      for (size_t i = 1; i < decoded.origins.size(); ++i) {
        REQUIRE(decoded.origins[i - 1] <= decoded.origins[i]);
      }
      REQUIRE(decoded.origins.back() <= span.size());
    }
  }
}

TEST_CASE("a piece without end is read about twice, whoever points at it") {
  struct Case {
    const Decoder* decoder;
    std::string unit;
    uint64_t hit;  // in the unit, one past its last byte
  };
  const std::vector<Case> cases = {
      {&kBase64Decoder, std::string(76, 'a') + "\n", 20},
      {&kHexDecoder, std::string(76, '6') + "\n", 20},
      {&kPercentDecoder, "abcdefghijklmnopqrst%41", 23},
      {&kEscapeDecoder, "abcdefghijklmnopqrst\\x41", 24},
      {&kEscapeDecoder, "\\\"abcdefghijklmnopqrst\\\":", 25},
      {&kEntityDecoder, "abcdefghijklmnopqrst&#65;", 22},
      {&kQuotedPrintableDecoder, std::string(72, 'a') + "=3D=\n", 75},
      {&kJoinDecoder, "\"aBcdefghijklmnop\" +\n", 21},
      {&kJoinDecoder, "aBcdefghijklmnop\\\n", 18},
  };
  constexpr uint64_t kSmall = 1000;
  for (const Case& tested : cases) {
    INFO(tested.decoder->name << " " << tested.unit);
    std::string text;
    for (int i = 0; i < 400; ++i) {
      text += tested.unit;
    }
    uint64_t read = 0;
    Span seen;
    for (uint64_t hit = tested.hit; hit < text.size();
         hit += tested.unit.size()) {
      if (seen.begin < hit && hit <= seen.end) {
        continue;  // as RegionScan::Look
      }
      Sight sight(text);
      seen = tested.decoder->find(&sight, hit, kSmall);
      read += static_cast<uint64_t>(sight.high() - sight.low());
    }
    CHECK(read < 4 * text.size());
  }
}

TEST_CASE("text is told from noise") {
  CHECK(LooksLikeText("a line of plain text\n"));
  CHECK(
      LooksLikeText("gr\xc3\xbc\xc3\x9f"
                    "e an alle zusammen"));
  CHECK_FALSE(LooksLikeText("too short"));
  CHECK_FALSE(LooksLikeText("\x8f\x02gA\xfe\x90\x11zz\xd0\x07qwerty"));
}

}  // namespace keysift
