// SPDX-License-Identifier: Apache-2.0
//
// Matching only what a delta changed, exactly.
//
// Problem. A history's blobs are mostly small changes of each other. Matching
// each in full reads the same bytes again and again; a pack already says which
// bytes of a blob are copies from its base.
//
// Why it can be exact. Whether pattern r has a match that ends at e depends on
// the footprint F(e) = [e-W-1, e+1) alone, where W is the width of the widest
// pattern: at most W bytes of the match, one byte of context before it (\b, ^)
// and one after. Where F(e) leaves the text, "here is the edge" is what a
// pattern can see; think of an edge symbol at positions -1 and size.
//
// A run is a maximal copied piece. F(e) is copied iff one run holds it whole,
// an edge symbol counting as held only if the run maps that edge of the base to
// the same edge of the text (CopyMap::Low and High). Then the base's footprint
// is the same sequence of bytes and edges, so the base has a hit (r, e') there
// iff the text has (r, e). Hence
//
//   hits(text) = { base hit, shifted : footprint copied, once per such run }
//              + { (r, e) found by matching : F(e) not copied }.
//
// Which e are not copied? Between two runs lies an insert [p, q), maybe empty
// (p = q is a seam: neighbours in the text that were none in the base). Text
// edges are seams too unless a run maps them: git writes a pure cut as one copy
// that inserts nothing, and yet both edges are new. F(e) is not copied iff it
// holds a byte of an insert or has a seam strictly inside, which is p <= e and
// e-W-1 < q: e in [p, q+W]. To decide those we must see the union of their
// footprints, [p-W-1, q+W+1). Hits that a stretch yields outside of [p, q+W]
// are dropped: the stretch's edge cut them, or they are carried.
//
// Rejected: one margin of 128 bytes for all (not exact for wider patterns);
// skipping blobs by id (exact, but reads every version in full); keeping only
// verified hits (a rejected hit may be accepted in a later version, where its
// context differs).
//
// Batching. Stretches that touch neither edge of the text are copied into one
// buffer and matched by one call: the call costs more than the bytes. The
// foreign neighbours are harmless: a hit is kept only if its whole footprint
// lies in its own stretch.
//
// Cost: for a delta of k runs, O(k log hits) plus matching (2W+2) bytes per
// insert beyond the inserted ones. Hence short hit forms (rules/README.md).
// Tests: tests/match/delta_scan_test.cc (random edits against ScanWhole, and
// seeded bugs), tests/scan (--exhaustive against the default).
#include "match/delta_scan.h"

#include <algorithm>

namespace keysift {
namespace {

// Above this a stretch is matched where it lies: copying would cost more.
constexpr uint64_t kBatchedStretch = 1024;

void SortUnique(std::vector<Hit>* hits) {
  std::sort(hits->begin(), hits->end());
  hits->erase(std::unique(hits->begin(), hits->end()), hits->end());
}

}  // namespace

Result<void> DeltaScan::ScanWhole(std::string_view text,
                                  std::vector<Hit>* hits) {
  hits->clear();
  bytes_matched_ += text.size();
  Result<void> scanned = matcher_->Scan(text, hits);
  SortUnique(hits);
  return scanned;
}

Result<void> DeltaScan::ScanDelta(std::string_view text, const CopyMap& map,
                                  const std::vector<Hit>& base_hits,
                                  std::vector<Hit>* hits) {
  hits->clear();
  ListStretches(map);
  if (!base_hits.empty()) {
    Carry(map, base_hits, hits);
  }
  const size_t carried = hits->size();
  Result<void> matched = MatchStretches(text, hits);
  if (hits->size() > carried) {
    std::sort(hits->begin() + static_cast<int64_t>(carried), hits->end());
    std::inplace_merge(hits->begin(),
                       hits->begin() + static_cast<int64_t>(carried),
                       hits->end());
    hits->erase(std::unique(hits->begin(), hits->end()), hits->end());
  }
  return matched;
}

// One stretch per insert and per seam; those that overlap become one.
void DeltaScan::ListStretches(const CopyMap& map) {
  stretches_.clear();
  uint64_t at = 0;          // end of the last run
  bool edge_is_new = true;  // whether a seam lies at `at`, if nothing else
  for (uint64_t i = 0; i < map.count; ++i) {
    const CopyRun& run = map.runs[i];
    // Between two runs there is an insert or a seam; before the first one, too,
    // unless it maps the start.
    if (i > 0 || !map.MapsStart(run)) {
      AddStretch(at, run.begin, map.size);
    }
    at = run.end();
    edge_is_new = !map.MapsEnd(run);
  }
  if (edge_is_new) {
    AddStretch(at, map.size, map.size);
  }
}

void DeltaScan::AddStretch(uint64_t begin, uint64_t end, uint64_t size) {
  const uint64_t width = matcher_->width();
  Stretch next;
  next.keep = Span{begin, std::min(end + width, size)};
  next.bytes.begin = begin > width + 1 ? begin - width - 1 : 0;
  next.bytes.end = std::min(end + width + 1, size);
  if (!stretches_.empty() && next.bytes.begin <= stretches_.back().keep.end) {
    stretches_.back().bytes.end = next.bytes.end;
    stretches_.back().keep.end = next.keep.end;
    return;
  }
  stretches_.push_back(next);
}

void DeltaScan::Carry(const CopyMap& map, const std::vector<Hit>& base_hits,
                      std::vector<Hit>* hits) const {
  const int64_t width = matcher_->width();
  for (uint64_t i = 0; i < map.count; ++i) {
    const CarriedEnds ends = EndsCarriedBy(map, map.runs[i], width);
    if (ends.low > ends.high) {
      continue;
    }
    const Hit first = Hit::At(static_cast<uint64_t>(ends.low), 0);
    const Hit past = Hit::At(static_cast<uint64_t>(ends.high) + 1, 0);
    const Hit* const end = base_hits.data() + base_hits.size();
    for (const Hit* hit = FirstNotBelow(base_hits, first);
         hit != end && *hit < past; ++hit) {
      hits->push_back(hit->Shifted(ends.shift));
    }
  }
}

Result<void> DeltaScan::MatchStretches(std::string_view text,
                                       std::vector<Hit>* hits) {
  size_t batch_begin = 0;
  size_t i = 0;
  for (; i < stretches_.size(); ++i) {
    const Stretch& stretch = stretches_[i];
    bytes_matched_ += stretch.bytes.size();
    const bool touches_edge =
        stretch.bytes.begin == 0 || stretch.bytes.end == text.size();
    if (!touches_edge && stretch.bytes.size() <= kBatchedStretch) {
      continue;
    }
    Result<void> batch = MatchBatch(text, batch_begin, i, hits);
    if (!batch) {
      return batch;
    }
    batch_begin = i + 1;
    Result<void> direct = MatchDirectly(text, stretch, hits);
    if (!direct) {
      return direct;
    }
  }
  return MatchBatch(text, batch_begin, i, hits);
}

Result<void> DeltaScan::MatchDirectly(std::string_view text,
                                      const Stretch& stretch,
                                      std::vector<Hit>* hits) {
  found_.clear();
  Result<void> scanned = matcher_->Scan(stretch.bytes.In(text), &found_);
  const int64_t shift = static_cast<int64_t>(stretch.bytes.begin);
  for (const Hit& found : found_) {
    const Hit hit = found.Shifted(shift);
    if (stretch.keep.begin <= hit.end() && hit.end() <= stretch.keep.end) {
      hits->push_back(hit);
    }
  }
  return scanned;
}

Result<void> DeltaScan::MatchBatch(std::string_view text, size_t first,
                                   size_t last, std::vector<Hit>* hits) {
  if (first == last) {
    return {};
  }
  if (last - first == 1) {
    return MatchDirectly(text, stretches_[first], hits);
  }
  uint64_t size = 0;
  for (size_t i = first; i < last; ++i) {
    size += stretches_[i].bytes.size();
  }
  char* to = batch_.Resize(size);
  for (size_t i = first; i < last; ++i) {
    const Span& bytes = stretches_[i].bytes;
    CopyBytes(to, text.data() + bytes.begin, bytes.size());
    to += bytes.size();
  }
  found_.clear();
  Result<void> scanned = matcher_->Scan(batch_.view(), &found_);
  std::sort(found_.begin(), found_.end());
  // Each hit belongs to the stretch in which its last byte lies.
  size_t at = first;
  uint64_t begin = 0;  // of stretch `at` in the batch
  for (const Hit& found : found_) {
    while (found.end() > begin + stretches_[at].bytes.size()) {
      begin += stretches_[at].bytes.size();
      ++at;
    }
    const Stretch& stretch = stretches_[at];
    const Hit hit =
        found.Shifted(static_cast<int64_t>(stretch.bytes.begin - begin));
    // Its footprint starts in the stretch: the keep range sees to it, but for
    // ends so early that the stretch's own margin was cut by the text's start,
    // which batched stretches do not touch.
    if (stretch.keep.begin <= hit.end() && hit.end() <= stretch.keep.end) {
      hits->push_back(hit);
    }
  }
  return scanned;
}

}  // namespace keysift
