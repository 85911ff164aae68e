// SPDX-License-Identifier: Apache-2.0
//
// Encoded secrets, region by region.
//
// Problem. Secrets are written in base64, hex, escapes, often one inside the
// other. Decoding whole files because something in them is encoded would undo
// what deltas save, and blow up on hostile input.
//
// Idea. A trigger (match/triggers.cc) is a local sign; it is carried over
// deltas like any hit. Its decoder takes the region around it, as far as the
// grammar goes, and reads the text through a Sight, which records how far out
// it looked. What came out, findings and all, is a pure function of those
// bytes: where they were copied as one piece, the outcome is carried
// (text_scanner.cc), as local verdicts are. Only what is new or changed is
// decoded.
//
// What was decoded is rejected at once unless it looks like text. Then it is a
// text: rule hits, verdicts, conclusions, and triggers again, one level deeper.
// If a key stands before the value ("password: aHVudGVy…"), the text begins
// with "key=", since rules look for it. Each decoded byte knows which byte of
// the original it came from, so a finding's place is exact.
//
// Bounds: the region's size, the depth, and the bytes decoded per text; passing
// one is a gap. Work is linear in the region times the depth times the number
// of decoders.
//
// Tests: tests/scan/region_scan_test.cc, tests/cli/decode_test.py.
#include "scan/region_scan.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "content/decoded_key.h"
#include "content/wide_text.h"
#include "scan/snippet.h"
#include "verify/written_value.h"

namespace keysift {
namespace {

// By trigger.
constexpr std::array<const Decoder*, kTriggers> kDecoders = {
    &kBase64Decoder, &kHexDecoder,    &kPercentDecoder,
    &kEscapeDecoder, &kEntityDecoder, &kQuotedPrintableDecoder,
    &kJoinDecoder};

// A value longer than this, or of several words, is a text and needs no key.
constexpr size_t kMaxKeyedValue = 256;

Trigger TriggerOf(Hit hit) {
  return static_cast<Trigger>(hit.pattern() - kFirstTrigger);
}

bool IsOneValue(std::string_view text) {
  return text.size() <= kMaxKeyedValue && WideKindOf(text) == WideKind::kNone &&
         text.find_first_of(" \t\r\n") == std::string_view::npos &&
         text.find_first_of("{[<") != 0;
}

bool Overlap(const Span& a, const Span& b) {
  return a.begin < b.end && b.begin < a.end;
}

// Origins in the text around, where the piece begins at `begin`.
void Compose(const std::vector<uint32_t>& outer, uint64_t begin,
             std::vector<uint32_t>* origins) {
  for (uint32_t& origin : *origins) {
    origin = outer[begin + origin];
  }
}

}  // namespace

Gap GapOfLimits(uint8_t limits, std::string what) {
  Gap gap;
  gap.kind = GapKind::kBudget;
  gap.what = std::move(what);
  gap.detail = "not all that is encoded in it was decoded:";
  if ((limits & kRegionTooLarge) != 0) {
    gap.detail += " a piece is too long";
  }
  if ((limits & kNestedTooDeep) != 0) {
    gap.detail += " a piece is nested too deep";
  }
  if ((limits & kTooMuchDecoded) != 0) {
    gap.detail += " it is too much in all";
  }
  return gap;
}

// An encoded piece of a text, decoded.
struct RegionScan::Piece {
  Trigger trigger = Trigger::kBase64;
  Span span;              // of the encoding
  Span whole;             // with the key before it
  uint64_t key_size = 0;  // of "key=" in `decoded`
  int64_t low = 0;
  int64_t high = 0;
  bool is_text = false;
  bool too_large = false;
  Decoded decoded;  // origins count from `whole`
};

// Memory of one depth, kept from text to text.
struct RegionScan::Level {
  Piece piece;
  Decoded wide;
  std::vector<Hit> hits;
  std::vector<LocalVerdict> accepted;
  std::vector<Detection> detections;
  std::array<Span, kTriggers> seen;
};

RegionScan::RegionScan(const Shared& shared) : shared_(shared) {
  for (int i = 0; i <= shared.options->max_decode_depth; ++i) {
    levels_.push_back(std::make_unique<Level>());
  }
}

RegionScan::~RegionScan() = default;
RegionScan::RegionScan(RegionScan&&) noexcept = default;

void RegionScan::StartText() {
  for (Sighting& sighting : last_) {
    sighting = Sighting();
  }
}

const RegionScan::Sighting& RegionScan::Look(std::string_view text, Hit hit,
                                             DeltaScan* scan) {
  scan_ = scan;
  Sighting& sighting = last_[static_cast<size_t>(TriggerOf(hit))];
  if (sighting.span.begin < hit.end() && hit.end() <= sighting.span.end) {
    return sighting;
  }
  Piece& piece = levels_[0]->piece;
  ReadPiece(text, hit, &piece);
  sighting.span = piece.span;
  sighting.low = piece.low;
  sighting.high = piece.high;
  sighting.begin = piece.whole.begin;
  sighting.region = nullptr;
  if (piece.is_text || piece.too_large) {
    auto region = std::make_shared<DecodedRegion>();
    region->trigger = piece.trigger;
    region->size = piece.whole.size();
    chain_.clear();
    ScanPiece(&piece, 1, region.get());
    sighting.region = std::move(region);
  }
  return sighting;
}

// Finds and decodes the piece at a hit. A pure function of the bytes between
// its low and high, which hold the hit's own too.
void RegionScan::ReadPiece(std::string_view text, Hit hit, Piece* piece) const {
  const uint64_t limit = shared_.options->max_decode_region;
  const Decoder& decoder = *kDecoders[static_cast<size_t>(TriggerOf(hit))];
  Sight sight(text);
  sight.See(static_cast<int64_t>(hit.end()) - kTriggerWidth - 1,
            static_cast<int64_t>(hit.end()));
  piece->trigger = TriggerOf(hit);
  piece->span = decoder.find(&sight, hit.end(), limit);
  piece->whole = piece->span;
  piece->key_size = 0;
  piece->too_large = piece->span.size() > limit;
  piece->is_text = !piece->too_large && !piece->span.empty() &&
                   decoder.decode(piece->span.In(text), &piece->decoded) &&
                   LooksLikeText(piece->decoded.text);
  if (piece->is_text && IsOneValue(piece->decoded.text)) {
    const Span key = FindKeyBefore(&sight, piece->span.begin);
    if (!key.empty()) {
      Decoded& decoded = piece->decoded;
      const uint64_t gap = piece->span.begin - key.begin;
      for (uint32_t& origin : decoded.origins) {
        origin += static_cast<uint32_t>(gap);
      }
      std::vector<uint32_t> front(key.size() + 1);
      for (size_t i = 0; i <= key.size(); ++i) {
        front[i] = static_cast<uint32_t>(i);
      }
      decoded.origins.insert(decoded.origins.begin(), front.begin(),
                             front.end());
      decoded.text.insert(0, std::string(key.In(text)) + "=");
      piece->key_size = key.size() + 1;
      piece->whole.begin = key.begin;
    }
  }
  piece->low = sight.low();
  piece->high = sight.high();
}

// Scans a piece that is text. `depth` counts it.
void RegionScan::ScanPiece(Piece* piece, size_t depth, DecodedRegion* out) {
  if (piece->too_large) {
    out->limits |= kRegionTooLarge;
    return;
  }
  out->decoded_bytes += piece->decoded.text.size();
  if (out->decoded_bytes > shared_.options->max_decoded_size) {
    out->limits |= kTooMuchDecoded;
    return;
  }
  if (depth >= levels_.size()) {
    // Escapes are everywhere; only what was hidden on purpose is a loss.
    if (piece->trigger == Trigger::kBase64 || piece->trigger == Trigger::kHex) {
      out->limits |= kNestedTooDeep;
    }
    return;
  }
  chain_.emplace_back(piece->decoded.name);
  const WideKind wide = WideKindOf(piece->decoded.text);
  if (wide == WideKind::kNone) {
    ScanText(piece->decoded.text, piece->decoded.origins, piece->key_size,
             depth, out);
  } else {
    Decoded& decoded = levels_[depth]->wide;
    DecodeWide(piece->decoded.text, wide, true, &decoded);
    Compose(piece->decoded.origins, 0, &decoded.origins);
    chain_.emplace_back(decoded.name);
    ScanText(decoded.text, decoded.origins, 0, depth, out);
    chain_.pop_back();
  }
  chain_.pop_back();
}

void RegionScan::ScanText(std::string_view text,
                          const std::vector<uint32_t>& origins,
                          uint64_t key_size, size_t depth, DecodedRegion* out) {
  Level& level = *levels_[depth];
  // Hyperscan can only fail on misuse; the text around it failed as well then.
  if (!scan_->ScanWhole(text, &level.hits)) {
    return;
  }
  level.accepted.clear();
  level.detections.clear();
  for (const Hit& hit : level.hits) {
    if (hit.pattern() < kFirstTrigger) {
      const LocalVerdict verdict = shared_.verifier->VerifyLocally(text, hit);
      if (verdict.accepted) {
        level.accepted.push_back(verdict);
      }
    }
  }
  if (!level.accepted.empty()) {
    shared_.verifier->Conclude(text, level.accepted, &level.detections,
                               &out->inline_allowed);
  }
  for (const Detection& detection : level.detections) {
    if (detection.secret.begin < key_size) {
      continue;
    }
    if (detection.confidence < shared_.options->min_confidence) {
      const std::string_view secret = detection.secret.In(text);
      out->below_confidence.push_back(
          std::hash<std::string_view>()(secret) * 31 + detection.rule);
      continue;
    }
    AddFinding(text, origins, detection, level, out);
  }
  ScanNested(text, origins, depth, out);
}

void RegionScan::ScanNested(std::string_view text,
                            const std::vector<uint32_t>& origins, size_t depth,
                            DecodedRegion* out) {
  Level& level = *levels_[depth];
  level.seen.fill(Span());
  for (size_t i = 0; i < level.hits.size(); ++i) {
    const Hit hit = level.hits[i];
    if (hit.pattern() < kFirstTrigger) {
      continue;
    }
    Span& seen = level.seen[static_cast<size_t>(TriggerOf(hit))];
    if (seen.begin < hit.end() && hit.end() <= seen.end) {
      continue;
    }
    Piece& piece = level.piece;
    ReadPiece(text, hit, &piece);
    seen = piece.span;
    if (piece.is_text || piece.too_large) {
      Compose(origins, piece.whole.begin, &piece.decoded.origins);
      ScanPiece(&piece, depth + 1, out);
    }
  }
}

void RegionScan::AddFinding(std::string_view text,
                            const std::vector<uint32_t>& origins,
                            const Detection& detection, const Level& level,
                            DecodedRegion* out) const {
  const Span span{origins[detection.secret.begin],
                  origins[detection.secret.end]};
  // What a level above found there needed no further decoding.
  const bool generic = shared_.verifier->IsGeneric(detection.rule);
  for (const DecodedFinding& known : out->findings) {
    if ((generic || known.rule == detection.rule) &&
        Overlap(known.span, span) && known.decoding.size() < chain_.size()) {
      return;
    }
  }
  // Nor does what generic rules made of its encoded form.
  if (!generic) {
    std::erase_if(out->findings, [&](const DecodedFinding& known) {
      return shared_.verifier->IsGeneric(known.rule) &&
             Overlap(known.span, span) && known.decoding.size() < chain_.size();
    });
  }
  DecodedFinding finding;
  finding.rule = detection.rule;
  finding.confidence = detection.confidence;
  finding.severity = detection.severity;
  finding.decoding = chain_;
  std::string written;
  finding.secret = SecretOf(text, detection, &written);
  if (!written.empty()) {
    finding.decoding.push_back(std::move(written));
  }
  finding.span = span;
  Description words = shared_.verifier->Describe(text, detection);
  finding.text.reasons = std::move(words.reasons);
  finding.text.details = std::move(words.details);
  finding.text.description = std::move(words.description);
  finding.text.remediation = std::move(words.remediation);
  finding.text.revoke_url = std::move(words.revoke_url);
  finding.text.snippet = SnippetOfLine(text, detection, level.detections);
  out->findings.push_back(std::move(finding));
}

}  // namespace keysift
