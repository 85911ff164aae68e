// SPDX-License-Identifier: Apache-2.0
// String literals that source code joins over lines: "abc" + "def", 'abc' .
// 'def', "abc" "def" with a line end in between, the operator on either line;
// and words that a backslash at the line's end joins. What the literals' own
// escapes mean is left to the decoder of escapes.
#include <optional>

#include "content/decoder.h"

namespace keysift {
namespace {

constexpr int64_t kMaxGap = 256;  // bytes between two literals

bool IsBlank(int byte) { return byte == ' ' || byte == '\t'; }
bool IsQuote(int byte) { return byte == '"' || byte == '\''; }
bool IsOperator(int byte) {
  return byte == '+' || byte == '.' || byte == '&' || byte == '|' ||
         byte == '\\' || byte == '~';
}

struct Literal {
  int64_t open = 0;  // the quotes
  int64_t close = 0;
};

// Between two literals: blanks, operators, at least one line end.
class Literals {
 public:
  Literals(Sight* sight, int64_t limit) : sight_(sight), limit_(limit) {}

  // The literal whose closing quote is there.
  std::optional<Literal> EndingAt(int64_t close) {
    const int quote = sight_->At(close);
    if (!IsQuote(quote)) {
      return std::nullopt;
    }
    for (int64_t i = close - 1; close - i <= limit_; --i) {
      const int byte = sight_->At(i);
      if (byte == quote && sight_->At(i - 1) != '\\') {
        return Literal{i, close};
      }
      if (byte == '\n' || byte == Sight::kEdge) {
        break;
      }
    }
    return std::nullopt;
  }
  std::optional<Literal> BeginningAt(int64_t open) {
    const int quote = sight_->At(open);
    if (!IsQuote(quote)) {
      return std::nullopt;
    }
    for (int64_t i = open + 1; i - open <= limit_; ++i) {
      const int byte = sight_->At(i);
      if (byte == quote) {
        return Literal{open, i};
      }
      if (byte == '\n' || byte == Sight::kEdge) {
        break;
      }
      i += byte == '\\' && sight_->At(i + 1) != '\n' ? 1 : 0;
    }
    return std::nullopt;
  }
  // The next one with the same quotes, or the one before.
  std::optional<Literal> After(const Literal& literal) {
    const std::optional<int64_t> open = Across(literal.close, 1);
    return open && sight_->At(*open) == sight_->At(literal.open)
               ? BeginningAt(*open)
               : std::nullopt;
  }
  std::optional<Literal> Before(const Literal& literal) {
    const std::optional<int64_t> close = Across(literal.open, -1);
    return close && sight_->At(*close) == sight_->At(literal.open)
               ? EndingAt(*close)
               : std::nullopt;
  }

 private:
  std::optional<int64_t> Across(int64_t from, int64_t step) {
    int lines = 0;
    int operators = 0;
    for (int64_t i = from + step; (i - from) * step <= kMaxGap; i += step) {
      const int byte = sight_->At(i);
      if (byte == '\n') {
        ++lines;
      } else if (IsOperator(byte)) {
        ++operators;
      } else if (!IsBlank(byte) && byte != '\r') {
        return lines == 1 && operators <= 3 ? std::optional(i) : std::nullopt;
      }
    }
    return std::nullopt;
  }

  Sight* sight_;
  int64_t limit_;
};

// Lines that a backslash joins, without their indentation in front.
Span FindContinued(Sight* sight, int64_t newline, int64_t limit) {
  const auto continued = [&](int64_t end) {
    return sight->At(end - 1) == '\\' ||
           (sight->At(end - 1) == '\r' && sight->At(end - 2) == '\\');
  };
  int64_t begin = newline;
  while (newline - begin <= limit && sight->At(begin - 1) != Sight::kEdge &&
         (sight->At(begin - 1) != '\n' || continued(begin - 1))) {
    --begin;
  }
  int64_t end = newline;
  while (end - newline <= limit && sight->At(end) != Sight::kEdge &&
         (sight->At(end) != '\n' || continued(end))) {
    ++end;
  }
  return Span{static_cast<uint64_t>(begin), static_cast<uint64_t>(end)};
}

// The last byte before the line end that the hit is about.
int64_t NewlineBefore(Sight* sight, int64_t hit_end) {
  constexpr int kMaxAfter = 4;
  for (int64_t i = hit_end; i > hit_end - kMaxAfter; --i) {
    if (sight->At(i - 1) == '\n') {
      return i - 1;
    }
  }
  return -1;
}

Span Find(Sight* sight, uint64_t hit_end, uint64_t max_size) {
  const int64_t limit = static_cast<int64_t>(max_size);
  const int64_t newline = NewlineBefore(sight, static_cast<int64_t>(hit_end));
  if (newline < 0) {
    return Span{hit_end, hit_end};
  }
  int64_t close = newline - 1;
  while (newline - close <= 8 && !IsQuote(sight->At(close)) &&
         (IsBlank(sight->At(close)) || IsOperator(sight->At(close)) ||
          sight->At(close) == '\r')) {
    --close;
  }
  if (!IsQuote(sight->At(close))) {
    return FindContinued(sight, newline, limit);
  }
  Literals literals(sight, limit);
  const std::optional<Literal> found = literals.EndingAt(close);
  if (!found || !literals.After(*found)) {
    return Span{hit_end, hit_end};
  }
  int64_t begin = found->open;
  int64_t end = found->close + 1;
  for (auto at = literals.Before(*found); at && end - begin <= limit;
       at = literals.Before(*at)) {
    begin = at->open;
  }
  for (auto at = literals.After(*found); at && end - found->open <= limit;
       at = literals.After(*at)) {
    end = at->close + 1;
  }
  return Span{static_cast<uint64_t>(begin), static_cast<uint64_t>(end)};
}

bool DecodeContinued(std::string_view piece, Decoded* out) {
  bool any = false;
  for (uint64_t i = 0; i < piece.size();) {
    const std::string_view rest = piece.substr(i, 3);
    if (rest == "\\\r\n" || rest.substr(0, 2) == "\\\n") {
      i += rest == "\\\r\n" ? 3 : 2;
      any = true;
      continue;
    }
    out->Add(piece[i], i);
    ++i;
  }
  return any;
}

// `piece` begins and ends with a quote.
void DecodeLiterals(std::string_view piece, Decoded* out) {
  bool inside = false;
  for (uint64_t i = 0; i < piece.size(); ++i) {
    if (piece[i] == piece[0]) {
      inside = !inside;
    } else if (inside) {
      out->Add(piece[i], i);
      if (piece[i] == '\\' && i + 1 < piece.size()) {
        ++i;
        out->Add(piece[i], i);
      }
    }
  }
}

bool Decode(std::string_view piece, Decoded* out) {
  out->Clear();
  out->name = kJoinDecoder.name;
  bool any = true;
  if (piece.size() >= 2 && IsQuote(static_cast<uint8_t>(piece[0])) &&
      piece.back() == piece[0]) {
    DecodeLiterals(piece, out);
  } else {
    any = DecodeContinued(piece, out);
  }
  out->origins.push_back(static_cast<uint32_t>(piece.size()));
  return any;
}

}  // namespace

const Decoder kJoinDecoder = {"concatenation", Find, Decode};

}  // namespace keysift
