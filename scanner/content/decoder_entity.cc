// SPDX-License-Identifier: Apache-2.0
// Character references of HTML and XML: &#65; &#x41; &quot; and the few other
// names that stand for ASCII. The region is a line between tags.
#include <array>
#include <utility>

#include "content/decoder.h"

namespace keysift {
namespace {

bool IsBreak(int byte) {
  return byte == Sight::kEdge || byte == '\n' || byte == '<' || byte == '>';
}

Span Find(Sight* sight, uint64_t hit_end, uint64_t max_size) {
  const int64_t limit = static_cast<int64_t>(max_size);
  const int64_t hit = static_cast<int64_t>(hit_end);
  int64_t begin = hit;
  while (hit - begin <= limit && !IsBreak(sight->At(begin - 1))) {
    --begin;
  }
  int64_t end = begin;
  while (end - hit <= limit && !IsBreak(sight->At(end))) {
    ++end;
  }
  return Span{static_cast<uint64_t>(begin), static_cast<uint64_t>(end)};
}

constexpr std::array<std::pair<std::string_view, char>, 16> kNames = {{
    {"amp", '&'},
    {"quot", '"'},
    {"apos", '\''},
    {"lt", '<'},
    {"gt", '>'},
    {"nbsp", ' '},
    {"equals", '='},
    {"colon", ':'},
    {"plus", '+'},
    {"sol", '/'},
    {"lowbar", '_'},
    {"period", '.'},
    {"comma", ','},
    {"semi", ';'},
    {"commat", '@'},
    {"num", '#'},
}};

// The code point of a reference without "&" and ";", or 0.
uint32_t CodePointOf(std::string_view reference) {
  if (!reference.starts_with('#')) {
    for (const auto& [name, byte] : kNames) {
      if (name == reference) {
        return static_cast<uint8_t>(byte);
      }
    }
    return 0;
  }
  reference.remove_prefix(1);
  const bool hex = reference.starts_with('x') || reference.starts_with('X');
  reference.remove_prefix(hex ? 1 : 0);
  uint32_t code = 0;
  for (char c : reference) {
    const char folded = static_cast<char>(c | 0x20);
    uint32_t digit = 99;
    if (c >= '0' && c <= '9') {
      digit = static_cast<uint32_t>(c - '0');
    } else if (folded >= 'a' && folded <= 'f') {
      digit = static_cast<uint32_t>(folded - 'a' + 10);
    }
    const uint32_t base = hex ? 16 : 10;
    if (digit >= base || code > 0x110000) {
      return 0;
    }
    code = code * base + digit;
  }
  return code;
}

bool Decode(std::string_view piece, Decoded* out) {
  constexpr uint64_t kLongest = 12;
  out->Clear();
  out->name = kEntityDecoder.name;
  bool any = false;
  for (uint64_t i = 0; i < piece.size();) {
    if (piece[i] == '&') {
      const std::string_view rest = piece.substr(i + 1, kLongest);
      const size_t end = rest.find(';');
      const uint32_t code =
          end == std::string_view::npos ? 0 : CodePointOf(rest.substr(0, end));
      if (code != 0) {
        out->AddCodePoint(code, i);
        i += end + 2;
        any = true;
        continue;
      }
    }
    out->Add(piece[i], i);
    ++i;
  }
  out->origins.push_back(static_cast<uint32_t>(piece.size()));
  return any;
}

}  // namespace

const Decoder kEntityDecoder = {"html-entity", Find, Decode};

}  // namespace keysift
