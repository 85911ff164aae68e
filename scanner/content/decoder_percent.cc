// SPDX-License-Identifier: Apache-2.0
// Percent-encoding, as in URLs and form bodies (RFC 3986, section 2.1). "+" is
// left alone: whether it stands for a space only the receiver knows.
#include "content/decoder.h"

namespace keysift {
namespace {

int DigitValue(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char folded = static_cast<char>(c | 0x20);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

// What never stands in a URL as it is.
bool IsBreak(int byte) {
  return byte <= ' ' || byte >= 0x7f || byte == '"' || byte == '\'' ||
         byte == '`' || byte == '<' || byte == '>' || byte == '\\';
}

Span Find(Sight* sight, uint64_t hit_end, uint64_t max_size) {
  const int64_t limit = static_cast<int64_t>(max_size);
  const int64_t hit = static_cast<int64_t>(hit_end);
  int64_t begin = hit;
  int64_t end = hit;
  while (hit - begin <= limit && !IsBreak(sight->At(begin - 1))) {
    --begin;
  }
  while (end - hit <= limit && !IsBreak(sight->At(end))) {
    ++end;
  }
  return Span{static_cast<uint64_t>(begin), static_cast<uint64_t>(end)};
}

bool Decode(std::string_view piece, Decoded* out) {
  out->Clear();
  out->name = kPercentDecoder.name;
  bool any = false;
  for (uint64_t i = 0; i < piece.size(); ++i) {
    const uint64_t begin = i;
    char byte = piece[i];
    if (byte == '%' && piece.size() - i > 2) {
      const int high = DigitValue(piece[i + 1]);
      const int low = DigitValue(piece[i + 2]);
      if (high >= 0 && low >= 0) {
        byte = static_cast<char>(high << 4 | low);
        i += 2;
        any = true;
      }
    }
    out->Add(byte, begin);
  }
  out->origins.push_back(static_cast<uint32_t>(piece.size()));
  return any;
}

}  // namespace

const Decoder kPercentDecoder = {"percent", Find, Decode};

}  // namespace keysift
