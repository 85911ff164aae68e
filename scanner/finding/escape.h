// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keysift {

// Makes a string from outside safe to show on a terminal or in a log: C0 and C1
// controls (C1 as UTF-8 too), DEL, line and paragraph separators, characters
// that change the direction of text or are invisible, and bytes that are not
// UTF-8 become visible escapes: \n \r \t, \xHH for a byte, \u{HHHH} for a
// character. Everything else stays as it is. Every untrusted string that is
// meant for people goes through here; the result is one line of valid UTF-8.
std::string EscapeForTerminal(std::string_view text);

// Whether programs obey this character instead of showing it: controls,
// direction marks, zero-width characters, separators of lines.
bool IsHiddenCharacter(uint32_t character);

// The character at text[0..], decoded strictly: no overlong forms, surrogates,
// or values over U+10FFFF. Returns its length in bytes, 0 if there is none.
// `text` must not be empty.
size_t DecodeUtf8(std::string_view text, uint32_t* character);

// The text with each byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string ReplaceInvalidUtf8(std::string_view text);

bool IsValidUtf8(std::string_view text);

// How many characters of valid UTF-8 `text` has, as a person counts columns.
size_t CountCharacters(std::string_view text);

}  // namespace keysift
