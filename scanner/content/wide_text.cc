// SPDX-License-Identifier: Apache-2.0
#include "content/wide_text.h"

#include <cstdint>

namespace keysift {
namespace {

uint8_t Byte(std::string_view text, size_t i) {
  return static_cast<uint8_t>(text[i]);
}

// Whether, of units of `width` bytes, at least three in four are an ASCII
// character: one text byte at `place`, zeros elsewhere; and none is a control
// character or zero.
bool IsMostlyAscii(std::string_view head, size_t width, size_t place) {
  const size_t units = head.size() / width;
  size_t ascii = 0;
  for (size_t unit = 0; unit < units; ++unit) {
    uint32_t others = 0;
    for (size_t i = 0; i < width; ++i) {
      others |= i == place ? 0 : Byte(head, unit * width + i);
    }
    const uint8_t byte = Byte(head, unit * width + place);
    if (others == 0) {
      const bool latin = byte >= 0xa0;  // é in UTF-16
      const bool text =
          latin || (byte < 0x7f && (byte >= 0x20 || (byte > 8 && byte < 14)));
      if (!text) {
        return false;
      }
      ascii += latin ? 0 : 1;
    }
  }
  return units >= 4 && ascii * 4 >= units * 3;
}

uint32_t UnitAt(std::string_view text, size_t at, size_t width, bool little) {
  uint32_t unit = 0;
  for (size_t i = 0; i < width; ++i) {
    const size_t from = little ? width - 1 - i : i;
    unit = unit << 8 | Byte(text, at + from);
  }
  return unit;
}

void AddUnit(uint32_t code, uint64_t origin, bool with_origins, Decoded* out) {
  const bool valid = code < 0x110000 && (code < 0xd800 || code >= 0xe000);
  out->AddCodePoint(valid ? code : 0xfffd, origin);
  if (!with_origins) {
    out->origins.clear();
  }
}

}  // namespace

WideKind WideKindOf(std::string_view text) {
  const std::string_view head = text.substr(0, kWideHead);
  const std::string_view first = head.substr(0, 4);
  using namespace std::string_view_literals;
  if (first == "\xff\xfe\0\0"sv) {
    return WideKind::kUtf32Le;
  }
  if (first == "\0\0\xfe\xff"sv) {
    return WideKind::kUtf32Be;
  }
  if (first.substr(0, 2) == "\xff\xfe"sv) {
    return WideKind::kUtf16Le;
  }
  if (first.substr(0, 2) == "\xfe\xff"sv) {
    return WideKind::kUtf16Be;
  }
  if (first.find('\0') == std::string_view::npos) {
    return WideKind::kNone;
  }
  if (IsMostlyAscii(head, 4, 0)) {
    return WideKind::kUtf32Le;
  }
  if (IsMostlyAscii(head, 4, 3)) {
    return WideKind::kUtf32Be;
  }
  if (IsMostlyAscii(head, 2, 0)) {
    return WideKind::kUtf16Le;
  }
  return IsMostlyAscii(head, 2, 1) ? WideKind::kUtf16Be : WideKind::kNone;
}

const char* WideKindName(WideKind kind) {
  switch (kind) {
    case WideKind::kUtf16Le:
      return "utf-16le";
    case WideKind::kUtf16Be:
      return "utf-16be";
    case WideKind::kUtf32Le:
      return "utf-32le";
    case WideKind::kUtf32Be:
      return "utf-32be";
    default:
      return "";
  }
}

void DecodeWide(std::string_view text, WideKind kind, bool with_origins,
                Decoded* out) {
  out->Clear();
  out->name = WideKindName(kind);
  const bool little = kind == WideKind::kUtf16Le || kind == WideKind::kUtf32Le;
  const size_t width =
      kind == WideKind::kUtf32Le || kind == WideKind::kUtf32Be ? 4 : 2;
  out->text.reserve(text.size() / width + 16);
  size_t at = 0;
  if (text.size() >= width && UnitAt(text, 0, width, little) == 0xfeff) {
    at = width;
  }
  while (at + width <= text.size()) {
    const size_t begin = at;
    uint32_t code = UnitAt(text, at, width, little);
    at += width;
    // A pair of surrogates (Unicode, section 3.9).
    if (width == 2 && code >= 0xd800 && code < 0xdc00 &&
        at + width <= text.size()) {
      const uint32_t low = UnitAt(text, at, width, little);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
        at += width;
      }
    }
    AddUnit(code, begin, with_origins, out);
  }
  if (with_origins) {
    out->origins.push_back(static_cast<uint32_t>(at));
  }
}

}  // namespace keysift
