// SPDX-License-Identifier: Apache-2.0
#include "verify/window.h"

#include <re2/re2.h>

namespace keysift {
namespace {

// How much of the end of `bytes` holds at most `newlines` of them.
uint64_t LinesBefore(std::string_view bytes, uint32_t newlines) {
  size_t begin = bytes.size();
  do {
    const size_t newline = bytes.substr(0, begin).rfind('\n');
    if (newline == bytes.npos) {
      return bytes.size();
    }
    begin = newline;
  } while (newlines-- > 0);
  return bytes.size() - begin - 1;
}

// The same of the start.
uint64_t LinesAfter(std::string_view bytes, uint32_t newlines) {
  size_t end = 0;
  do {
    const size_t newline = bytes.find('\n', end);
    if (newline == bytes.npos) {
      return bytes.size();
    }
    end = newline + 1;
  } while (newlines-- > 0);
  return end - 1;
}

}  // namespace

void Window::See(int64_t begin, int64_t end) {
  const int64_t past_end = static_cast<int64_t>(text_.size()) + 1;
  low_ = std::min(low_, std::max<int64_t>(begin, -1));
  high_ = std::max(high_, std::min(end, past_end));
}

bool Window::MatchAround(const re2::RE2& full, uint64_t hit_end,
                         const Reach& reach, re2::StringPiece* groups,
                         int count) {
  if (hit_end > text_.size() || count < 1) {
    return false;
  }
  const uint64_t before = std::min<uint64_t>(hit_end, reach.before);
  uint64_t from = hit_end - LinesBefore(text_.substr(hit_end - before, before),
                                        reach.newlines);
  const uint64_t last =
      hit_end + LinesAfter(text_.substr(hit_end, reach.after), reach.newlines);
  // One byte more on each side: \b, ^ and $ look at it.
  See(static_cast<int64_t>(from) - 1, static_cast<int64_t>(last) + 1);
  const re2::StringPiece whole(text_.data(), text_.size());
  while (from < hit_end) {
    if (!full.Match(whole, from, last, re2::RE2::UNANCHORED, groups, count)) {
      return false;
    }
    const uint64_t begin =
        static_cast<uint64_t>(groups[0].data() - text_.data());
    if (begin >= hit_end) {
      return false;
    }
    if (begin + groups[0].size() >= hit_end) {
      return true;
    }
    from = begin + 1;
  }
  return false;
}

std::string_view Window::Bytes(Span span) {
  See(static_cast<int64_t>(span.begin), static_cast<int64_t>(span.end));
  return span.In(text_);
}

std::string_view Window::Lines(Span span, int before, int after) {
  const int above = std::min(before, kMaxContextLines);
  const int below = std::min(after, kMaxContextLines);
  const uint64_t size = text_.size();
  const uint64_t floor =
      span.begin > kMaxContextBytes ? span.begin - kMaxContextBytes : 0;
  const uint64_t ceiling = std::min(size, span.end + kMaxContextBytes);
  uint64_t begin = span.begin;
  for (int lines = 0; begin > floor; --begin) {
    if (text_[begin - 1] == '\n' && lines++ == above) {
      break;
    }
  }
  uint64_t end = span.end;
  for (int lines = 0; end < ceiling; ++end) {
    if (text_[end] == '\n' && lines++ == below) {
      break;
    }
  }
  // Where it stopped at a newline or an edge, that symbol was looked at too.
  const bool clipped_low = begin == floor && floor > 0;
  const bool clipped_high = end == ceiling && ceiling < size;
  See(static_cast<int64_t>(begin) - (clipped_low ? 0 : 1),
      static_cast<int64_t>(end) + (clipped_high ? 0 : 1));
  std::string_view lines = text_.substr(begin, end - begin);
  if (end > span.end && lines.back() == '\r') {
    lines.remove_suffix(1);
  }
  return lines;
}

std::string_view Window::Before(Span span, uint64_t count) {
  const uint64_t wanted = std::min(count, kMaxContextBytes);
  See(static_cast<int64_t>(span.begin) - static_cast<int64_t>(wanted),
      static_cast<int64_t>(span.begin));
  const uint64_t begin = span.begin > wanted ? span.begin - wanted : 0;
  return text_.substr(begin, span.begin - begin);
}

std::string_view Window::After(Span span, uint64_t count) {
  const uint64_t wanted = std::min(count, kMaxContextBytes);
  See(static_cast<int64_t>(span.end), static_cast<int64_t>(span.end + wanted));
  return text_.substr(span.end, wanted);
}

Span Window::Locate(std::string_view piece) const {
  const uint64_t begin = static_cast<uint64_t>(piece.data() - text_.data());
  return Span{begin, begin + piece.size()};
}

}  // namespace keysift
