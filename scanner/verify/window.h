// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/span.h"

namespace re2 {
class RE2;
class StringPiece;
}  // namespace re2

namespace keysift {

// All that local verification may see of a text: it hands out bytes near a hit
// and remembers how far out it was asked, so that the verdict's [low, high) is
// right by construction. Context is clipped to kMaxContextLines lines and
// kMaxContextBytes bytes on each side. One per verification; not thread-safe.
// The text must outlive it.
class Window {
 public:
  static constexpr uint64_t kMaxContextBytes = 2048;
  static constexpr int kMaxContextLines = 3;

  explicit Window(std::string_view text) : text_(text) {}

  // How far from a hit's end a match may begin and end, in bytes. What it can
  // not reach for the newlines between is not looked at either: the fewer bytes
  // a verdict depends on, the more deltas carry it.
  struct Reach {
    uint32_t before = 0;
    uint32_t after = 0;
    uint32_t newlines = UINT32_MAX;  // that a match may hold
  };

  // The leftmost match [s, t) of `full` with hit_end - before <= s < hit_end
  // and hit_end <= t <= hit_end + after; `full` sees the true neighbours of
  // those bytes (\b, ^, $). False if there is none. `groups` gets `count`
  // captures, the whole match first.
  bool MatchAround(const re2::RE2& full, uint64_t hit_end, const Reach& reach,
                   re2::StringPiece* groups, int count);

  // The bytes of `span`, which the caller got from this window.
  std::string_view Bytes(Span span);
  // The line(s) that hold `span`, without the line end, clipped.
  std::string_view Line(Span span) { return Lines(span, 0, 0); }
  // From `before` lines above to `after` lines below, clipped.
  std::string_view Lines(Span span, int before, int after);
  // Up to `count` bytes right before or after, across lines.
  std::string_view Before(Span span, uint64_t count);
  std::string_view After(Span span, uint64_t count);
  // Where `piece`, a view that this window gave, lies in the text.
  Span Locate(std::string_view piece) const;

  int64_t low() const { return low_; }
  int64_t high() const { return high_; }

 private:
  // Marks [begin, end) as seen; a position outside the text is its edge.
  void See(int64_t begin, int64_t end);

  std::string_view text_;
  int64_t low_ = INT64_MAX;
  int64_t high_ = INT64_MIN;
};

}  // namespace keysift
