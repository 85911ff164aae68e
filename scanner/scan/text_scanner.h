// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/copy_run.h"
#include "base/result.h"
#include "finding/finding_set.h"
#include "match/delta_scan.h"
#include "match/matcher.h"
#include "scan/known_hit.h"
#include "scan/region_scan.h"
#include "scan/scan.h"
#include "scan/text_lines.h"
#include "verify/verifier.h"

namespace keysift {

// What is known of a text once it was scanned, kept for the texts that are
// deltas of it. Reused: clearing it keeps its memory.
struct ScannedText {
  // A hit's verdict in short: it looked at [end - before, end + after).
  struct Verdict {
    uint32_t before = 0;
    uint32_t after = 0;
    uint32_t accepted = kRejected;  // index in `accepted`, or in `regions`
  };
  static constexpr uint32_t kRejected = UINT32_MAX;
  // As `before`: not decided, for a limit was reached.
  static constexpr uint32_t kUndecided = UINT32_MAX;

  // Something encoded that was decoded, and where it begins.
  struct Region {
    uint64_t begin = 0;
    std::shared_ptr<const DecodedRegion> decoded;
  };

  bool complete = false;  // false: matching failed, hits may be missing
  std::vector<Hit> hits;
  std::vector<Verdict> verdicts;  // one per hit
  std::vector<LocalVerdict> accepted;
  std::vector<Region> regions;  // those of one trigger ascend
  uint64_t decoded_bytes = 0;

  void Clear() {
    verdicts.clear();
    accepted.clear();
    regions.clear();
    decoded_bytes = 0;
  }
};

// How a scan's options bear on verifying.
inline VerifierOptions VerifierOptionsOf(const ScanOptions& options) {
  VerifierOptions verifier;
  verifier.allow_comments = options.inline_comments;
  return verifier;
}

// A place: the scan's number for the object or file, and its kind.
struct TextPlace {
  uint32_t object = 0;
  PlaceKind kind = PlaceKind::kBlob;
};

// What came out of the texts that a scanner went through. Not thread-safe.
struct TextOutcome {
  FindingSet findings;
  uint64_t inline_allowed = 0;
  // (rule, secret) hashes of what stayed under the least confidence, each with
  // one text that holds it.
  std::unordered_map<uint64_t, TextPlace> below_confidence;

  bool empty() const {
    return findings.size() == 0 && inline_allowed == 0 &&
           below_confidence.empty();
  }
  // Joins `other`, which is left empty, into this one.
  void Merge(TextOutcome&& other);
};

// Scans texts, one after the other, into a TextOutcome: pattern hits, local
// verdicts, then what the verdicts of one text mean together. What is encoded
// in a text is decoded and scanned too, and a text in UTF-16 or UTF-32 also as
// what it says. One per thread.
class TextScanner {
 public:
  using Shared = RegionScan::Shared;
  using Place = TextPlace;

  static Result<TextScanner> Create(const Shared& shared,
                                    const PatternDatabase& patterns);

  // Scans `text` in full. `*out` is replaced by what is known of it.
  Result<void> ScanWhole(std::string_view text, Place place, ScannedText* out);

  // Scans `text`, which is `map` of a base that was scanned into `base`: the
  // same outcome, from the added bytes only. `out` must not be `base`.
  Result<void> ScanDelta(std::string_view text, const CopyMap& map,
                         const ScannedText& base, Place place,
                         ScannedText* out);

  // What of the hits of a text that was scanned into `scanned` decides what is
  // found in it; nothing if it has to be scanned anew to know (it is in UTF-16,
  // say).
  static std::optional<std::vector<KnownHit>> HitsToKeep(
      std::string_view text, const ScannedText& scanned);
  // Finds in the same text what ScanWhole found, by its hits. False if they are
  // those of another text; then something else may have been found.
  bool ScanKnown(std::string_view text, const std::vector<KnownHit>& hits,
                 Place place, ScannedText* out);

  // Only the hits of a text, sorted.
  Result<void> FindHits(std::string_view text, std::vector<Hit>* hits) {
    return scan_.ScanWhole(text, hits);
  }

  // Which limits on decoding the last text passed (DecodeLimit).
  uint8_t limits() const { return limits_; }

  // Where things go; may be exchanged for another between two texts.
  TextOutcome& outcome() { return outcome_; }
  FindingSet& findings() { return outcome_.findings; }
  uint64_t bytes_matched() const { return scan_.bytes_matched(); }

  TextScanner(TextScanner&& other) noexcept;

 private:
  TextScanner(const Shared& shared, Matcher matcher);

  void Verify(std::string_view text, Hit hit, ScannedText* out);
  void VerifyRegion(std::string_view text, Hit hit, ScannedText* out);
  bool MayDecode(ScannedText* out);
  uint32_t AddRegion(uint64_t begin,
                     const std::shared_ptr<const DecodedRegion>& decoded,
                     ScannedText* out);
  void CarryVerdicts(std::string_view text, const CopyMap& map,
                     const ScannedText& base, ScannedText* out);
  void Carry(const ScannedText& base, const ScannedText::Verdict& known,
             Hit hit, int64_t shift, ScannedText* out);
  void Conclude(std::string_view text, Place place, const ScannedText& scanned);
  void AddPlain(std::string_view text, const Detection& detection, Place place,
                TextLines* lines);
  void ConcludeRegions(std::string_view text, Place place,
                       const ScannedText& scanned);
  void DropTwiceDecoded();
  bool PrevailsOverPlain(const DecodedFinding& finding, const Span& span);
  void AddDecoded(const DecodedFinding& finding, const Span& span, Place place,
                  TextLines* lines);
  void StartText(ScannedText* out);
  void ScanWide(std::string_view text, Place place);

  // What decoding found, and where in the text.
  struct DecodedPlace {
    Span span;
    const DecodedFinding* finding = nullptr;
  };

  Shared shared_;
  Matcher matcher_;
  DeltaScan scan_;
  RegionScan regions_;
  TextOutcome outcome_;
  std::vector<Detection> detections_;
  std::vector<DecodedPlace> decoded_;
  std::array<uint32_t, kTriggers> last_region_;  // index of each trigger's last
  Decoded wide_;
  ScannedText wide_scanned_;
  const char* encoding_ = nullptr;  // of the whole text under scan
  uint8_t limits_ = 0;
};

}  // namespace keysift
