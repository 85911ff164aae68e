// SPDX-License-Identifier: Apache-2.0
// Long runs of hex digits, wrapped or not, "0x" in front or not.
#include "content/decoder.h"
#include "content/digit_block.h"

namespace keysift {
namespace {

// -1 for what is no digit.
int DigitValue(int byte) {
  if (byte >= '0' && byte <= '9') {
    return byte - '0';
  }
  const int folded = byte | 0x20;
  return byte > 0 && folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

bool IsDigit(int byte) { return DigitValue(byte) >= 0; }

Span Find(Sight* sight, uint64_t hit_end, uint64_t max_size) {
  return FindDigitBlock(sight, hit_end, max_size, IsDigit);
}

bool Decode(std::string_view piece, Decoded* out) {
  out->Clear();
  out->name = kHexDecoder.name;
  int high = -1;
  uint64_t begin = 0;
  for (uint64_t i = 0; i < piece.size(); ++i) {
    const int value = DigitValue(static_cast<uint8_t>(piece[i]));
    if (value < 0) {
      continue;  // a line's end, indentation
    }
    if (high < 0) {
      high = value;
      begin = i;
    } else {
      out->Add(static_cast<char>(high << 4 | value), begin);
      high = -1;
    }
  }
  out->origins.push_back(static_cast<uint32_t>(piece.size()));
  return high < 0;
}

}  // namespace

const Decoder kHexDecoder = {"hex", Find, Decode};

}  // namespace keysift
