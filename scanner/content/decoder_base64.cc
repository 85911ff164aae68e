// SPDX-License-Identifier: Apache-2.0
// Base64 (RFC 4648) in either alphabet, padded or not, wrapped or not.
#include "content/decoder.h"
#include "content/digit_block.h"

namespace keysift {
namespace {

// -1 for what is no digit.
int DigitValue(int byte) {
  if (byte >= 'A' && byte <= 'Z') {
    return byte - 'A';
  }
  if (byte >= 'a' && byte <= 'z') {
    return byte - 'a' + 26;
  }
  if (byte >= '0' && byte <= '9') {
    return byte - '0' + 52;
  }
  if (byte == '+' || byte == '-') {
    return 62;
  }
  return byte == '/' || byte == '_' ? 63 : -1;
}

bool IsDigit(int byte) { return DigitValue(byte) >= 0; }

bool IsSeparator(int byte) {
  return byte == '+' || byte == '-' || byte == '/' || byte == '_';
}

// What begins as text begins with a letter or a digit, so that separators in
// front of it (of a path, of a patch) are not part of it; "//" begins UTF-16's
// mark. Nor is the letter of an escape before it, as in "\n".
Span Find(Sight* sight, uint64_t hit_end, uint64_t max_size) {
  constexpr int kMaxSeparators = 4;
  Span span = FindDigitBlock(sight, hit_end, max_size, IsDigit);
  const auto at = [&](uint64_t i) {
    return sight->At(static_cast<int64_t>(i));
  };
  const int first = at(span.begin);
  if (span.size() > 0 &&
      sight->At(static_cast<int64_t>(span.begin) - 1) == '\\' &&
      (first == 'n' || first == 'r' || first == 't')) {
    ++span.begin;
  }
  if (at(span.begin) != '/' || at(span.begin + 1) != '/') {
    for (int i = 0;
         i < kMaxSeparators && span.size() > 0 && IsSeparator(at(span.begin));
         ++i) {
      ++span.begin;
    }
  }
  for (int i = 0; i < 2 && at(span.end) == '='; ++i) {
    ++span.end;
  }
  return span;
}

bool Decode(std::string_view piece, Decoded* out) {
  out->Clear();
  out->name = kBase64Decoder.name;
  out->text.reserve(piece.size() / 4 * 3 + 3);
  out->origins.reserve(piece.size() / 4 * 3 + 4);
  uint32_t buffer = 0;
  int bits = 0;
  uint64_t last = 0;  // the digit in which the next byte begins
  for (uint64_t i = 0; i < piece.size(); ++i) {
    const int value = DigitValue(static_cast<uint8_t>(piece[i]));
    if (value < 0) {
      continue;  // a line's end, indentation, padding
    }
    if (bits == 0) {
      last = i;
    }
    buffer = buffer << 6 | static_cast<uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out->Add(static_cast<char>(buffer >> bits & 0xff), last);
      last = i;
    }
  }
  out->origins.push_back(static_cast<uint32_t>(piece.size()));
  return true;
}

}  // namespace

const Decoder kBase64Decoder = {"base64", Find, Decode};

}  // namespace keysift
