// SPDX-License-Identifier: Apache-2.0
#include "finding/escape.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

namespace keysift {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// Characters that a terminal or an editor obeys instead of showing: controls,
// direction marks (Unicode's Bidi_Control), zero-width ones, line separators,
// interlinear marks, tags, and the byte order mark.
constexpr std::array<Range, 12> kHidden = {{
    {0x00, 0x1f},
    {0x7f, 0x9f},
    {0xad, 0xad},
    {0x61c, 0x61c},
    {0x180e, 0x180e},
    {0x200b, 0x200f},
    {0x2028, 0x202e},
    {0x2060, 0x206f},
    {0xfeff, 0xfeff},
    {0xfff9, 0xfffb},
    {0xfffe, 0xffff},
    {0xe0000, 0xe007f},
}};

void AppendEscape(uint32_t character, std::string* out) {
  std::array<char, 16> buffer;
  switch (character) {
    case '\n':
      *out += "\\n";
      return;
    case '\r':
      *out += "\\r";
      return;
    case '\t':
      *out += "\\t";
      return;
    default:
      break;
  }
  const char* form = character < 0x80 ? "\\x%02x" : "\\u{%04x}";
  std::snprintf(buffer.data(), buffer.size(), form, character);
  *out += buffer.data();
}

bool IsContinuation(char byte) {
  return (static_cast<uint8_t>(byte) & 0xc0) == 0x80;
}

}  // namespace

bool IsHiddenCharacter(uint32_t character) {
  for (const Range& range : kHidden) {
    if (character >= range.first && character <= range.last) {
      return true;
    }
  }
  return false;
}

size_t DecodeUtf8(std::string_view text, uint32_t* character) {
  const uint8_t first = static_cast<uint8_t>(text[0]);
  if (first < 0x80) {
    *character = first;
    return 1;
  }
  const size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) {
    return 0;
  }
  uint32_t value = first & (0xffu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text[i])) {
      return 0;
    }
    value = value << 6 | (static_cast<uint8_t>(text[i]) & 0x3fu);
  }
  constexpr std::array<uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < kLeast[length] || surrogate || value > 0x10ffff) {
    return 0;
  }
  *character = value;
  return length;
}

namespace {

// Calls `step` with each character's bytes and its number; none: a byte that
// is no UTF-8.
template <class Step>
void ForEachCharacter(std::string_view text, const Step& step) {
  for (size_t i = 0; i < text.size();) {
    uint32_t character = 0;
    const size_t length = DecodeUtf8(text.substr(i), &character);
    const size_t size = std::max<size_t>(length, 1);
    step(text.substr(i, size),
         length == 0 ? std::nullopt : std::optional<uint32_t>(character));
    i += size;
  }
}

}  // namespace

std::string EscapeForTerminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  ForEachCharacter(
      text, [&](std::string_view bytes, std::optional<uint32_t> character) {
        if (!character) {
          std::array<char, 8> buffer;
          std::snprintf(buffer.data(), buffer.size(), "\\x%02x",
                        static_cast<unsigned>(static_cast<uint8_t>(bytes[0])));
          out += buffer.data();
        } else if (IsHiddenCharacter(*character)) {
          AppendEscape(*character, &out);
        } else {
          out += bytes;
        }
      });
  return out;
}

std::string ReplaceInvalidUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  ForEachCharacter(
      text, [&out](std::string_view bytes, std::optional<uint32_t> character) {
        out += character ? bytes : std::string_view("\xef\xbf\xbd");
      });
  return out;
}

bool IsValidUtf8(std::string_view text) {
  bool valid = true;
  ForEachCharacter(
      text, [&valid](std::string_view, std::optional<uint32_t> character) {
        valid = valid && character.has_value();
      });
  return valid;
}

size_t CountCharacters(std::string_view text) {
  size_t count = 0;
  for (const char byte : text) {
    count += IsContinuation(byte) ? 0 : 1;
  }
  return count;
}

}  // namespace keysift
