// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "content/decoder.h"
#include "finding/finding_set.h"
#include "finding/gap.h"
#include "match/delta_scan.h"
#include "match/triggers.h"
#include "scan/scan.h"
#include "verify/verifier.h"

namespace keysift {

// Why something encoded was not decoded to its end. A set of bits.
enum DecodeLimit : uint8_t {
  kRegionTooLarge = 1,  // ScanOptions::max_decode_region
  kNestedTooDeep = 2,   // ScanOptions::max_decode_depth
  kTooMuchDecoded = 4,  // ScanOptions::max_decoded_size
};

// The gap that such limits make; `what` is the object or file.
Gap GapOfLimits(uint8_t limits, std::string what);

// A secret that stands encoded in a text. `span` is where, in the region.
struct DecodedFinding {
  uint32_t rule = 0;
  std::string secret;
  Confidence confidence = Confidence::kLikely;
  Severity severity = Severity::kHigh;
  std::vector<std::string> decoding;  // outermost first
  Span span;
  FindingText text;
};

// What decoding one region of a text gave: a pure function of the bytes that
// were looked at, so it is the same wherever these were copied. Immutable once
// made, and shared (hence shared_ptr) by all versions of a text that hold the
// region; they belong to one thread.
struct DecodedRegion {
  Trigger trigger = Trigger::kBase64;
  uint64_t size = 0;           // of the encoded text, its key included
  uint64_t decoded_bytes = 0;  // at all levels
  uint8_t limits = 0;          // DecodeLimit
  uint64_t inline_allowed = 0;
  std::vector<DecodedFinding> findings;
  std::vector<uint64_t> below_confidence;  // as TextScanner's
};

// Decodes what triggers point at and scans it as a text of its own, down to
// the depth that the options allow. One per thread.
class RegionScan {
 public:
  // What is shared by the scanners of a scan; must outlive them.
  struct Shared {
    const RuleSet* rules = nullptr;
    const Verifier* verifier = nullptr;
    const ScanOptions* options = nullptr;
  };

  // Which bytes [low, high) of the text decided (as in LocalVerdict), and what
  // came out: null if nothing there is encoded text.
  struct Sighting {
    Span span;  // where hits see the same
    int64_t low = 0;
    int64_t high = 0;
    uint64_t begin = 0;  // of the region
    std::shared_ptr<const DecodedRegion> region;
  };

  explicit RegionScan(const Shared& shared);
  ~RegionScan();
  RegionScan(RegionScan&&) noexcept;

  // Before the first Look at a text.
  void StartText();
  // What lies at a trigger's hit in `text`. Valid until the next call.
  const Sighting& Look(std::string_view text, Hit hit, DeltaScan* scan);

 private:
  struct Piece;
  struct Level;

  void ReadPiece(std::string_view text, Hit hit, Piece* piece) const;
  void ScanPiece(Piece* piece, size_t depth, DecodedRegion* out);
  void ScanText(std::string_view text, const std::vector<uint32_t>& origins,
                uint64_t key_size, size_t depth, DecodedRegion* out);
  void ScanNested(std::string_view text, const std::vector<uint32_t>& origins,
                  size_t depth, DecodedRegion* out);
  void AddFinding(std::string_view text, const std::vector<uint32_t>& origins,
                  const Detection& detection, const Level& level,
                  DecodedRegion* out) const;

  Shared shared_;
  DeltaScan* scan_ = nullptr;
  std::array<Sighting, kTriggers> last_;
  std::vector<std::unique_ptr<Level>> levels_;
  std::vector<std::string> chain_;
};

}  // namespace keysift
