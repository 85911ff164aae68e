// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "content/sight.h"

namespace keysift {

// What an encoded piece stands for. Any bytes may come out. `origins[i]` is the
// offset in the piece where the encoding of text[i] begins; one entry more is
// where the last one ends.
struct Decoded {
  std::string text;
  std::vector<uint32_t> origins;
  // As reports name the encoding. A decoder may find out only on decoding.
  const char* name = "";

  void Add(char byte, uint64_t origin) {
    text.push_back(byte);
    origins.push_back(static_cast<uint32_t>(origin));
  }
  // The code point in UTF-8; nothing if there is no such code point.
  void AddCodePoint(uint32_t code, uint64_t origin);
  void Clear() {
    text.clear();
    origins.clear();
  }
};

// One encoding. Both functions are pure, and safe with any bytes.
struct Decoder {
  const char* name;

  // The encoded piece that a trigger's hit (one past its last byte) lies in:
  // the most that the encoding's grammar allows there, the same for each hit
  // in it. Looks at the text through `sight` only. Empty if there is none. It
  // goes about `max_size` to either side and no further. Longer than `max_size`
  // it is cut, maybe, but as much of it lies before the hit as behind, so that
  // the hits of a long piece, looked at one after the other, read it twice.
  Span (*find)(Sight* sight, uint64_t hit_end, uint64_t max_size);

  // Decodes such a piece; at most as many bytes as the piece has. False if it
  // is none after all.
  bool (*decode)(std::string_view piece, Decoded* out);
};

// Each in a file of its own.
extern const Decoder kBase64Decoder;
extern const Decoder kHexDecoder;
extern const Decoder kPercentDecoder;
extern const Decoder kEscapeDecoder;
extern const Decoder kEntityDecoder;
extern const Decoder kQuotedPrintableDecoder;
extern const Decoder kJoinDecoder;

// Whether decoded bytes are worth a scan: text of at least 15 bytes, with few
// control characters. Text in UTF-16 is.
bool LooksLikeText(std::string_view bytes);

}  // namespace keysift
