// SPDX-License-Identifier: Apache-2.0
// Quoted-printable, as in mail (RFC 2045, section 6.7). The region is a line
// with those that soft line breaks join to it.
#include "content/decoder.h"

namespace keysift {
namespace {

int DigitValue(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Whether the line end at `newline` is a soft one.
bool IsSoft(Sight* sight, int64_t newline) {
  const int64_t last =
      sight->At(newline - 1) == '\r' ? newline - 2 : newline - 1;
  return sight->At(newline) == '\n' && sight->At(last) == '=';
}

Span Find(Sight* sight, uint64_t hit_end, uint64_t max_size) {
  if (hit_end == 0) {
    return Span();
  }
  const int64_t limit = static_cast<int64_t>(max_size);
  // Of a hit on a soft line break, the line after it.
  const int64_t hit = static_cast<int64_t>(hit_end);
  int64_t begin = hit - 1;
  int64_t end = begin;
  while (hit - begin <= limit && begin > 0) {
    if (sight->At(begin - 1) == '\n' && !IsSoft(sight, begin - 1)) {
      break;
    }
    --begin;
  }
  sight->At(begin - 1);
  while (end - hit <= limit && sight->At(end) != Sight::kEdge) {
    if (sight->At(end) == '\n' && !IsSoft(sight, end)) {
      break;
    }
    ++end;
  }
  return Span{static_cast<uint64_t>(begin), static_cast<uint64_t>(end)};
}

// Encoders fill lines up to 76 bytes; a "=" at the end of a much shorter line
// is something else (base64's padding, an empty assignment).
constexpr uint64_t kLeastSoftLine = 68;
constexpr uint64_t kMostSoftLine = 80;

bool Decode(std::string_view piece, Decoded* out) {
  out->Clear();
  out->name = kQuotedPrintableDecoder.name;
  bool any = false;
  uint64_t line = 0;
  for (uint64_t i = 0; i < piece.size();) {
    const std::string_view rest = piece.substr(i, 3);
    if (rest[0] == '\n') {
      line = i + 1;
    }
    if (rest[0] != '=') {
      out->Add(rest[0], i);
      ++i;
      continue;
    }
    const bool crlf = rest == "=\r\n";
    if (crlf || rest.substr(0, 2) == "=\n") {
      if (i - line < kLeastSoftLine || i - line > kMostSoftLine) {
        return false;
      }
      i += crlf ? 3 : 2;
      line = i;
      any = true;
      continue;
    }
    const int high = rest.size() == 3 ? DigitValue(rest[1]) : -1;
    const int low = rest.size() == 3 ? DigitValue(rest[2]) : -1;
    if (high < 0 || low < 0) {
      return false;  // RFC 2045 lets no other "=" stand
    }
    out->Add(static_cast<char>(high << 4 | low), i);
    i += 3;
    any = true;
  }
  out->origins.push_back(static_cast<uint32_t>(piece.size()));
  return any;
}

}  // namespace

const Decoder kQuotedPrintableDecoder = {"quoted-printable", Find, Decode};

}  // namespace keysift
