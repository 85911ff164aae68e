// SPDX-License-Identifier: Apache-2.0
#include "finding/escape.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("what a terminal obeys is shown instead") {
  struct Case {
    std::string_view text;
    std::string_view shown;
  };
  const Case cases[] = {
      {"plain text, caf\xc3\xa9, \xe6\x97\xa5, \xf0\x9f\x94\x91",
       "plain text, caf\xc3\xa9, \xe6\x97\xa5, \xf0\x9f\x94\x91"},
      {"\x1b[2J\x1b]0;title\x07", "\\x1b[2J\\x1b]0;title\\x07"},
      {"a\nb\rc\td", "a\\nb\\rc\\td"},
      {"\x7f", "\\x7f"},
      {"\xc2\x9b"
       "31m",
       "\\u{009b}31m"},  // C1 CSI as UTF-8
      {"\x9b"
       "31m",
       "\\x9b31m"},  // and as a bare byte
      {"\xe2\x80\xae"
       "txt",
       "\\u{202e}txt"},                              // right-to-left override
      {"\xe2\x81\xa6", "\\u{2066}"},                 // isolate
      {"\xe2\x80\x8b", "\\u{200b}"},                 // zero-width space
      {"\xef\xbb\xbf", "\\u{feff}"},                 // byte order mark
      {"\xf3\xa0\x81\x81", "\\u{e0041}"},            // tag letter
      {"\xc0\x9b", "\\xc0\\x9b"},                    // overlong escape
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},           // surrogate
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // beyond Unicode
      {"\xe2\x80", "\\xe2\\x80"},                    // cut
      {std::string_view("\0", 1), "\\x00"},
      {"", ""},
  };
  for (const Case& c : cases) {
    CHECK(EscapeForTerminal(c.text) == c.shown);
  }
}

TEST_CASE("no byte pair leaves a control behind") {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const char bytes[] = {static_cast<char>(first),
                            static_cast<char>(second)};
      const std::string shown = EscapeForTerminal({bytes, 2});
      CHECK_MESSAGE(IsValidUtf8(shown), first << " " << second);
      for (const char c : shown) {
        CHECK((static_cast<uint8_t>(c) >= 0x20 && c != 0x7f));
      }
    }
  }
}

TEST_CASE("invalid bytes become replacement characters, one each") {
  CHECK(ReplaceInvalidUtf8("a\xff\xfe"
                           "b\xc3\xa9") ==
        "a\xef\xbf\xbd\xef\xbf\xbd"
        "b\xc3\xa9");
  CHECK(IsValidUtf8("\xc3\xa9"));
  CHECK_FALSE(IsValidUtf8("\xc3"));
  CHECK(CountCharacters("caf\xc3\xa9") == 4);
}

}  // namespace keysift
