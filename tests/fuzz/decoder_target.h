// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "content/decoder.h"
#include "fuzz/fuzz.h"

namespace keysift {

// What decoded text promises about its origins in a piece of that size.
inline void ExpectOrigins(const Decoded& decoded, uint64_t piece_size) {
  Expect(decoded.origins.size() == decoded.text.size() + 1);
  Expect(std::is_sorted(decoded.origins.begin(), decoded.origins.end()));
  Expect(decoded.origins.back() <= piece_size);
}

// Two bytes say where a trigger's hit ends and one how long a piece may be; the
// rest is text. Whatever the decoder finds there it finds again in no more of
// the text than it looked at: carrying pieces over a delta rests on that.
inline void RunDecoder(const Decoder& decoder, std::string_view input) {
  if (input.size() < 3) {
    return;
  }
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(input[i]); };
  const std::string_view text = input.substr(3);
  const uint64_t hit_end =
      (byte(0) | uint64_t{byte(1)} << 8) % (text.size() + 1);
  const uint64_t max_size = 16 + uint64_t{byte(2)} * 8;
  Decoded decoded;
  decoder.decode(text, &decoded);
  Sight sight(text);
  const Span piece = decoder.find(&sight, hit_end, max_size);
  Expect(piece.begin <= piece.end && piece.end <= text.size());
  const std::string_view found = text.substr(piece.begin, piece.size());
  if (decoder.decode(found, &decoded)) {
    ExpectOrigins(decoded, found.size());
    Expect(decoded.text.size() <= found.size());
    Expect(*decoded.name != '\0');
    LooksLikeText(decoded.text);
  }
  const int64_t size = static_cast<int64_t>(text.size());
  const int64_t low = std::max<int64_t>(sight.low(), 0);
  const int64_t high = std::min(sight.high(), size);
  const int64_t hit = static_cast<int64_t>(hit_end);
  if (low >= high || low > hit || hit > high) {
    return;
  }
  const uint64_t begin = static_cast<uint64_t>(low);
  Sight part(text.substr(begin, static_cast<uint64_t>(high - low)));
  const Span again = decoder.find(&part, hit_end - begin, max_size);
  Expect(again.size() == piece.size());
  Expect(piece.size() == 0 || again.begin + begin == piece.begin);
}

}  // namespace keysift
