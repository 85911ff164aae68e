// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/copy_run.h"
#include "base/result.h"
#include "finding/finding_set.h"
#include "match/delta_scan.h"
#include "match/matcher.h"
#include "scan/scan.h"
#include "verify/verifier.h"

namespace keysift {

// What is known of a text once it was scanned, kept for the texts that are
// deltas of it. Reused: clearing it keeps its memory.
struct ScannedText {
  // A hit's verdict in short: it looked at [end - before, end + after).
  struct Verdict {
    uint32_t before = 0;
    uint32_t after = 0;
    uint32_t accepted = kRejected;  // index in `accepted`
  };
  static constexpr uint32_t kRejected = UINT32_MAX;

  bool complete = false;  // false: matching failed, hits may be missing
  std::vector<Hit> hits;
  std::vector<Verdict> verdicts;  // one per hit
  std::vector<LocalVerdict> accepted;
};

// Scans texts, one after the other, into a FindingSet: pattern hits, local
// verdicts, then what the verdicts of one text mean together. One per thread.
class TextScanner {
 public:
  // What is shared by the scanners of a scan; must outlive them.
  struct Shared {
    const RuleSet* rules = nullptr;
    const Verifier* verifier = nullptr;
    const ScanOptions* options = nullptr;
  };
  // A place: the scan's number for the object or file, and its kind.
  struct Place {
    uint32_t object = 0;
    PlaceKind kind = PlaceKind::kBlob;
  };

  static Result<TextScanner> Create(const Shared& shared,
                                    const PatternDatabase& patterns);

  // Scans `text` in full. `*out` is replaced by what is known of it.
  Result<void> ScanWhole(std::string_view text, Place place, ScannedText* out);

  // Scans `text`, which is `map` of a base that was scanned into `base`: the
  // same outcome, from the added bytes only. `out` must not be `base`.
  Result<void> ScanDelta(std::string_view text, const CopyMap& map,
                         const ScannedText& base, Place place,
                         ScannedText* out);

  // Only the hits of a text, sorted.
  Result<void> FindHits(std::string_view text, std::vector<Hit>* hits) {
    return scan_.ScanWhole(text, hits);
  }

  FindingSet& findings() { return findings_; }
  uint64_t bytes_matched() const { return scan_.bytes_matched(); }
  uint64_t inline_allowed() const { return inline_allowed_; }
  // (rule, secret) hashes of what stayed under the least confidence.
  const std::unordered_set<uint64_t>& below_confidence() const {
    return below_confidence_;
  }

  TextScanner(TextScanner&& other) noexcept;

 private:
  TextScanner(const Shared& shared, Matcher matcher);

  void Verify(std::string_view text, Hit hit, ScannedText* out);
  void CarryVerdicts(std::string_view text, const CopyMap& map,
                     const ScannedText& base, ScannedText* out);
  void Conclude(std::string_view text, Place place, const ScannedText& scanned);

  Shared shared_;
  Matcher matcher_;
  DeltaScan scan_;
  FindingSet findings_;
  std::vector<Detection> detections_;
  uint64_t inline_allowed_ = 0;
  std::unordered_set<uint64_t> below_confidence_;
};

}  // namespace keysift
