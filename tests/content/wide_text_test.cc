// SPDX-License-Identifier: Apache-2.0
#include "content/wide_text.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

// ASCII in units of `width` bytes.
std::string Widen(std::string_view text, size_t width, bool little) {
  std::string wide;
  for (char c : text) {
    std::string unit(width, '\0');
    unit[little ? 0 : width - 1] = c;
    wide += unit;
  }
  return wide;
}

std::string Narrow(std::string_view text) {
  Decoded decoded;
  DecodeWide(text, WideKindOf(text), false, &decoded);
  CHECK(decoded.origins.empty());
  return decoded.text;
}

}  // namespace

TEST_CASE("UTF-16 and UTF-32 without a mark are known by their zeros") {
  const std::string_view text = "key = value\r\nand more\n";
  CHECK(WideKindOf(Widen(text, 2, true)) == WideKind::kUtf16Le);
  CHECK(WideKindOf(Widen(text, 2, false)) == WideKind::kUtf16Be);
  CHECK(WideKindOf(Widen(text, 4, true)) == WideKind::kUtf32Le);
  CHECK(WideKindOf(Widen(text, 4, false)) == WideKind::kUtf32Be);
  for (const size_t width : {size_t{2}, size_t{4}}) {
    for (bool little : {true, false}) {
      CHECK(Narrow(Widen(text, width, little)) == text);
    }
  }
}

TEST_CASE("letters of Latin-1 are no control characters, C1 codes are") {
  const std::string_view text = "d\xe9j\xe0 vu, a key = value";
  CHECK(WideKindOf(Widen(text, 2, true)) == WideKind::kUtf16Le);
  CHECK(WideKindOf(Widen(text, 4, false)) == WideKind::kUtf32Be);
  CHECK(WideKindOf(Widen("a\x85 key = value", 2, true)) == WideKind::kNone);
}

TEST_CASE("a mark says it, and is no part of the text") {
  CHECK(Narrow(std::string("\xff\xfe") + Widen("ab", 2, true)) == "ab");
  CHECK(Narrow(std::string("\xfe\xff") + Widen("ab", 2, false)) == "ab");
  CHECK(Narrow(std::string("\xff\xfe\0\0", 4) + Widen("ab", 4, true)) == "ab");
  CHECK(Narrow(std::string("\0\0\xfe\xff", 4) + Widen("ab", 4, false)) == "ab");
}

TEST_CASE("plain text and binaries are neither") {
  CHECK(WideKindOf("plain text that goes on for a while") == WideKind::kNone);
  CHECK(WideKindOf("") == WideKind::kNone);
  CHECK(WideKindOf(std::string(64, '\0')) == WideKind::kNone);
  CHECK(WideKindOf(std::string("\x7f"
                               "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0\1\0\0\0",
                               24)) == WideKind::kNone);
}

TEST_CASE("surrogates pair; lone ones and cut units do no harm") {
  Decoded decoded;
  DecodeWide(std::string("\x3d\xd8\x00\xde\x3d\xd8\x41\x00\x42", 9),
             WideKind::kUtf16Le, true, &decoded);
  CHECK(decoded.text ==
        "\xf0\x9f\x98\x80\xef\xbf\xbd"
        "A");
  CHECK(decoded.origins == std::vector<uint32_t>{0, 0, 0, 0, 4, 4, 4, 6, 8});
}

}  // namespace keysift
