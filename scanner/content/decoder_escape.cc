// SPDX-License-Identifier: Apache-2.0
// Backslash escapes of string literals, as C, Java, JavaScript, JSON and their
// kin share them: \x41, \u0041, \u{41}, \U00000041, \101, \n, \". The region is
// the body of the literal, or the line where no quote is. The name tells which
// kind of number escapes it has most of.
#include <array>

#include "content/decoder.h"

namespace keysift {
namespace {

bool IsQuote(int byte) { return byte == '"' || byte == '\'' || byte == '`'; }

bool EndsBody(int byte) {
  return byte == Sight::kEdge || byte == '\n' || IsQuote(byte);
}

// Backwards a quote ends the body unless an odd number of backslashes stands
// before it.
bool BeginsBody(Sight* sight, int64_t at) {
  const int byte = sight->At(at);
  if (!IsQuote(byte)) {
    return byte == Sight::kEdge || byte == '\n';
  }
  constexpr int kMaxBackslashes = 64;
  int count = 0;
  while (count < kMaxBackslashes && sight->At(at - 1 - count) == '\\') {
    ++count;
  }
  return count % 2 == 0;
}

Span Find(Sight* sight, uint64_t hit_end, uint64_t max_size) {
  if (hit_end == 0) {
    return Span();
  }
  const int64_t limit = static_cast<int64_t>(max_size);
  const int64_t hit = static_cast<int64_t>(hit_end);
  int64_t begin = hit - 1;
  sight->At(begin);
  // The hit of \": ends behind a quote that is escaped.
  while (hit - begin <= limit && !BeginsBody(sight, begin - 1)) {
    --begin;
  }
  // From the limit on, nobody knows which backslash is itself escaped.
  int64_t end = hit - begin <= limit ? begin : hit;
  while (end - hit <= limit && !EndsBody(sight->At(end))) {
    end += sight->At(end) == '\\' && sight->At(end + 1) != '\n' &&
                   sight->At(end + 1) != Sight::kEdge
               ? 2
               : 1;
  }
  return Span{static_cast<uint64_t>(begin), static_cast<uint64_t>(end)};
}

int DigitValue(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char folded = static_cast<char>(c | 0x20);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : 99;
}

class Unescaping {
 public:
  Unescaping(std::string_view piece, Decoded* out) : piece_(piece), out_(out) {}

  // Whether anything was escaped.
  bool Run() {
    for (at_ = 0; at_ < piece_.size();) {
      begin_ = at_;
      if (piece_[at_] != '\\' || at_ + 1 == piece_.size() || !Escape()) {
        at_ = begin_ + 1;
        out_->Add(piece_[begin_], begin_);
      }
    }
    out_->origins.push_back(static_cast<uint32_t>(piece_.size()));
    out_->name = Name();
    return counts_[kUnicode] + counts_[kHex] + counts_[kOctal] +
               counts_[kString] >
           0;
  }

 private:
  enum Kind { kString, kUnicode, kHex, kOctal, kKinds };

  bool Escape() {
    const char kind = piece_[at_ + 1];
    at_ += 2;
    switch (kind) {
      case 'x':
        return Number(16, 2, 2, kHex);
      case 'u':
        return at_ < piece_.size() && piece_[at_] == '{' ? Braced()
                                                         : Unicode(4);
      case 'U':
        return Unicode(8);
      case 'n':
        return Byte('\n');
      case 'r':
        return Byte('\r');
      case 't':
        return Byte('\t');
      case '"':
      case '\'':
      case '`':
      case '/':
      case '\\':
        return Byte(kind);
      default:
        --at_;
        return kind >= '0' && kind <= '7' && Number(8, 1, 3, kOctal);
    }
  }

  bool Byte(char byte) {
    out_->Add(byte, begin_);
    ++counts_[kString];
    return true;
  }

  // From `least` to `most` digits at at_.
  bool Read(int base, int least, int most, uint32_t* value) {
    int digits = 0;
    *value = 0;
    while (digits < most && at_ < piece_.size() &&
           DigitValue(piece_[at_]) < base) {
      *value = *value * static_cast<uint32_t>(base) +
               static_cast<uint32_t>(DigitValue(piece_[at_]));
      ++at_;
      ++digits;
    }
    return digits >= least;
  }

  bool Number(int base, int least, int most, Kind kind) {
    uint32_t value = 0;
    if (!Read(base, least, most, &value) || value > 0xff) {
      return false;
    }
    out_->Add(static_cast<char>(value), begin_);
    ++counts_[kind];
    return true;
  }

  bool Unicode(int digits) {
    uint32_t code = 0;
    if (!Read(16, digits, digits, &code)) {
      return false;
    }
    // A pair of surrogates (Unicode, section 3.9).
    if (code >= 0xd800 && code < 0xdc00 && piece_.substr(at_, 2) == "\\u") {
      const uint64_t second = at_;
      uint32_t low = 0;
      at_ += 2;
      if (Read(16, 4, 4, &low) && low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
      } else {
        at_ = second;
      }
    }
    out_->AddCodePoint(code, begin_);
    ++counts_[kUnicode];
    return true;
  }

  bool Braced() {
    uint32_t code = 0;
    ++at_;
    if (!Read(16, 1, 6, &code) || at_ == piece_.size() || piece_[at_] != '}') {
      return false;
    }
    ++at_;
    out_->AddCodePoint(code, begin_);
    ++counts_[kUnicode];
    return true;
  }

  const char* Name() const {
    static constexpr std::array<const char*, kKinds> kNames = {
        "string-escape", "unicode-escape", "hex-escape", "octal-escape"};
    int best = kString;
    for (int kind = kUnicode; kind < kKinds; ++kind) {
      if (counts_[static_cast<size_t>(kind)] > 0 &&
          (best == kString || counts_[static_cast<size_t>(kind)] >
                                  counts_[static_cast<size_t>(best)])) {
        best = kind;
      }
    }
    return kNames[static_cast<size_t>(best)];
  }

  std::string_view piece_;
  Decoded* out_;
  uint64_t at_ = 0;
  uint64_t begin_ = 0;  // of the escape
  std::array<uint64_t, kKinds> counts_{};
};

bool Decode(std::string_view piece, Decoded* out) {
  out->Clear();
  return Unescaping(piece, out).Run();
}

}  // namespace

const Decoder kEscapeDecoder = {"string-escape", Find, Decode};

}  // namespace keysift
