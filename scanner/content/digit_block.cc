// SPDX-License-Identifier: Apache-2.0
#include "content/digit_block.h"

#include <optional>

namespace keysift {
namespace {

// Encoders wrap at 60, 64, 70 or 76; shorter lines are values of their own.
constexpr int64_t kLeastWrapped = 40;
constexpr int kMaxIndentation = 64;

struct Run {
  int64_t begin = 0;
  int64_t end = 0;
  int64_t size() const { return end - begin; }
};

class Block {
 public:
  Block(Sight* sight, int64_t max_size, bool (*is_digit)(int))
      : sight_(sight), max_size_(max_size), is_digit_(is_digit) {}

  Run RunAround(int64_t at) {
    Run run{at, at};
    while (run.size() <= max_size_ && IsDigit(run.begin - 1)) {
      --run.begin;
    }
    while (run.size() <= max_size_ && IsDigit(run.end)) {
      ++run.end;
    }
    return run;
  }

  // The run that goes on at the next line, or before at the last one.
  std::optional<Run> Below(const Run& run) {
    const int64_t newline = sight_->At(run.end) == '\r' ? run.end + 1 : run.end;
    if (run.size() < kLeastWrapped || sight_->At(newline) != '\n') {
      return std::nullopt;
    }
    Run next = RunAround(PastIndentation(newline + 1));
    return next.size() > 0 && Continues(run, next) ? std::optional(next)
                                                   : std::nullopt;
  }
  std::optional<Run> Above(const Run& run) {
    int64_t at = run.begin;
    for (int i = 0; i < kMaxIndentation && IsBlank(sight_->At(at - 1)); ++i) {
      --at;
    }
    if (sight_->At(at - 1) != '\n') {
      return std::nullopt;
    }
    const int64_t end = sight_->At(at - 2) == '\r' ? at - 2 : at - 1;
    const Run last = RunAround(end);
    return last.size() >= kLeastWrapped && Continues(last, run)
               ? std::optional(last)
               : std::nullopt;
  }

 private:
  bool IsDigit(int64_t i) { return is_digit_(sight_->At(i)); }
  static bool IsBlank(int byte) { return byte == ' ' || byte == '\t'; }

  int64_t PastIndentation(int64_t at) {
    for (int i = 0; i < kMaxIndentation && IsBlank(sight_->At(at)); ++i) {
      ++at;
    }
    return at;
  }

  // A full line, or a last one: what follows it is no more text of a line.
  bool Continues(const Run& run, const Run& next) {
    if (next.size() == run.size()) {
      return true;
    }
    const int after = sight_->At(next.end);
    return next.size() < run.size() &&
           (after == Sight::kEdge || after == '\n' || after == '\r' ||
            after == '=' || after == '"' || after == '\'' || after == '<');
  }

  Sight* sight_;
  int64_t max_size_;
  bool (*is_digit_)(int);
};

}  // namespace

Span FindDigitBlock(Sight* sight, uint64_t hit_end, uint64_t max_size,
                    bool (*is_digit)(int byte)) {
  if (hit_end == 0) {
    return Span();
  }
  const int64_t limit = static_cast<int64_t>(max_size);
  Block block(sight, limit, is_digit);
  const Run found = block.RunAround(static_cast<int64_t>(hit_end) - 1);
  Run whole = found;
  Run at = found;
  while (found.end - whole.begin <= limit) {
    const std::optional<Run> last = block.Above(at);
    if (!last) {
      break;
    }
    at = *last;
    whole.begin = at.begin;
  }
  at = found;
  while (whole.end - found.begin <= limit) {
    const std::optional<Run> next = block.Below(at);
    if (!next) {
      break;
    }
    at = *next;
    whole.end = at.end;
  }
  return Span{static_cast<uint64_t>(whole.begin),
              static_cast<uint64_t>(whole.end)};
}

}  // namespace keysift
