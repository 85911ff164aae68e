// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "base/copy_run.h"
#include "base/result.h"
#include "base/span.h"
#include "match/hit.h"
#include "match/matcher.h"

namespace keysift {

// Finds the hits of texts, of whole ones and of ones that are known as a delta
// of another. Both give the same hits: sorted, each once. One per thread.
class DeltaScan {
 public:
  explicit DeltaScan(Matcher* matcher) : matcher_(matcher) {}

  // Every hit of `text` into `*hits`, which is replaced.
  Result<void> ScanWhole(std::string_view text, std::vector<Hit>* hits);

  // The same, reading only what `map` does not copy from a base whose hits
  // are `base_hits` (sorted, complete). `hits` must not alias them.
  Result<void> ScanDelta(std::string_view text, const CopyMap& map,
                         const std::vector<Hit>& base_hits,
                         std::vector<Hit>* hits);

  // Bytes given to the pattern engine so far.
  uint64_t bytes_matched() const { return bytes_matched_; }

 private:
  // A stretch of text to match: hits that end in [keep.begin, keep.end] are
  // news, all others are cut by the stretch's edges, or carried.
  struct Stretch {
    Span bytes;
    Span keep;  // both ends inclusive
  };

  void ListStretches(const CopyMap& map);
  void AddStretch(uint64_t begin, uint64_t end, uint64_t size);
  void Carry(const CopyMap& map, const std::vector<Hit>& base_hits,
             std::vector<Hit>* hits) const;
  Result<void> MatchStretches(std::string_view text, std::vector<Hit>* hits);
  Result<void> MatchDirectly(std::string_view text, const Stretch& stretch,
                             std::vector<Hit>* hits);
  Result<void> MatchBatch(std::string_view text, size_t first, size_t last,
                          std::vector<Hit>* hits);

  Matcher* matcher_;
  std::vector<Stretch> stretches_;
  std::vector<Hit> found_;
  Buffer batch_;
  uint64_t bytes_matched_ = 0;
};

// Whether what was said of the base's positions [low, high) (its edges being
// -1 and base_size) also holds of the text, since one run copied them all.
inline bool IsCopied(const CopyMap& map, const CopyRun& run, int64_t low,
                     int64_t high) {
  return map.Low(run) <= low && high <= map.High(run);
}

// The ends of a base's hits that a run carries over, their whole footprint
// being in it (delta_scan.cc); none if low > high.
struct CarriedEnds {
  int64_t low = 0;
  int64_t high = 0;
  int64_t shift = 0;  // from the base to the text
};

inline CarriedEnds EndsCarriedBy(const CopyMap& map, const CopyRun& run,
                                 int64_t width) {
  // Ends e with e-W-1 >= Low and e+1 <= High; an end before W+1 has the start's
  // edge in its footprint.
  return {
      map.Low(run) < 0 ? 0 : map.Low(run) + width + 1, map.High(run) - 1,
      static_cast<int64_t>(run.begin) - static_cast<int64_t>(run.base_begin)};
}

}  // namespace keysift
