// SPDX-License-Identifier: Apache-2.0
//
// From hits to findings, text by text, with what deltas let us keep.
//
// match/delta_scan.cc shows that hits carry over along copied runs. Verdicts
// do too, by the same argument one level up: a local verdict is a pure function
// of the bytes in its Window [low, high) and of whether those reach an edge of
// the text (verify/window.h records what it was asked for, so low and high are
// right by construction). If one run copies the whole window, the verdict on
// the copied hit is the base's, moved. If not, the hit is verified anew, though
// the hit itself was carried. What looks at more than a window (pairs, bodies,
// allow comments, lines) is concluded for each text from the surviving
// verdicts, and never carried.
//
// A trigger's verdict is the outcome of decoding what it points at
// (region_scan.cc), and is carried by the same rule, findings and all; places
// are made for each text.
//
// Tests: tests/scan/text_scanner_test.cc, and --exhaustive on whole histories.
#include "scan/text_scanner.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "content/wide_text.h"
#include "scan/snippet.h"
#include "scan/text_lines.h"
#include "verify/written_value.h"

namespace keysift {
namespace {

// A text with more of them is scanned anew.
constexpr size_t kMostKnownHits = 4096;

}  // namespace

void TextOutcome::Merge(TextOutcome&& other) {
  findings.Merge(std::move(other.findings));
  inline_allowed += std::exchange(other.inline_allowed, 0);
  below_confidence.merge(other.below_confidence);
  other.below_confidence.clear();
}

Result<TextScanner> TextScanner::Create(const Shared& shared,
                                        const PatternDatabase& patterns) {
  Result<Matcher> matcher = Matcher::Create(patterns);
  if (!matcher) {
    return tl::unexpected(std::move(matcher.error()));
  }
  return TextScanner(shared, std::move(*matcher));
}

TextScanner::TextScanner(const Shared& shared, Matcher matcher)
    : shared_(shared),
      matcher_(std::move(matcher)),
      scan_(&matcher_),
      regions_(shared) {
  matcher_.set_triggers(shared.options->max_decode_depth > 0);
}

TextScanner::TextScanner(TextScanner&& other) noexcept
    : shared_(other.shared_),
      matcher_(std::move(other.matcher_)),
      scan_(&matcher_),
      regions_(std::move(other.regions_)),
      outcome_(std::move(other.outcome_)) {}

Result<void> TextScanner::ScanWhole(std::string_view text, Place place,
                                    ScannedText* out) {
  Result<void> scanned = scan_.ScanWhole(text, &out->hits);
  out->complete = scanned.has_value();
  StartText(out);
  for (const Hit& hit : out->hits) {
    Verify(text, hit, out);
  }
  Conclude(text, place, *out);
  ScanWide(text, place);
  return scanned;
}

Result<void> TextScanner::ScanDelta(std::string_view text, const CopyMap& map,
                                    const ScannedText& base, Place place,
                                    ScannedText* out) {
  if (!base.complete) {
    return ScanWhole(text, place, out);
  }
  Result<void> scanned = scan_.ScanDelta(text, map, base.hits, &out->hits);
  out->complete = scanned.has_value();
  StartText(out);
  if (!out->hits.empty()) {
    CarryVerdicts(text, map, base, out);
    Conclude(text, place, *out);
  }
  ScanWide(text, place);
  return scanned;
}

std::optional<std::vector<KnownHit>> TextScanner::HitsToKeep(
    std::string_view text, const ScannedText& scanned) {
  if (!scanned.complete || text.size() >= UINT32_MAX ||
      WideKindOf(text) != WideKind::kNone) {
    return std::nullopt;
  }
  std::vector<KnownHit> kept;
  for (size_t i = 0; i < scanned.hits.size(); ++i) {
    const uint32_t accepted = scanned.verdicts[i].accepted;
    if (accepted == ScannedText::kRejected) {
      continue;
    }
    KnownHit known;
    known.hit = scanned.hits[i];
    if (known.hit.pattern() < kFirstTrigger) {
      const LocalVerdict& verdict = scanned.accepted[accepted];
      known.is_decided = verdict.written == nullptr;
      known.confidence = verdict.confidence;
      known.marks = verdict.marks;
      known.match = verdict.match;
      known.secret = verdict.secret;
    } else if (scanned.regions[accepted].decoded->findings.empty()) {
      continue;
    }
    kept.push_back(known);
  }
  return kept.size() > kMostKnownHits ? std::nullopt : std::optional(kept);
}

bool TextScanner::ScanKnown(std::string_view text,
                            const std::vector<KnownHit>& hits, Place place,
                            ScannedText* out) {
  out->hits.clear();
  out->complete = true;
  StartText(out);
  for (const KnownHit& known : hits) {
    const uint32_t rule = known.hit.pattern();
    if (known.hit.end() > text.size() || known.match.end > text.size() ||
        known.secret.end > text.size() ||
        (known.is_decided && rule >= shared_.rules->rules.size())) {
      return false;
    }
    out->hits.push_back(known.hit);
    if (!known.is_decided) {
      Verify(text, known.hit, out);
      continue;
    }
    LocalVerdict verdict;
    verdict.hit = known.hit;
    verdict.accepted = true;
    verdict.confidence = known.confidence;
    verdict.marks = known.marks;
    verdict.match = known.match;
    verdict.secret = known.secret;
    out->verdicts.emplace_back();
    out->accepted.push_back(verdict);
  }
  Conclude(text, place, *out);
  return true;
}

void TextScanner::StartText(ScannedText* out) {
  out->Clear();
  limits_ = 0;
  last_region_.fill(UINT32_MAX);
  regions_.StartText();
}

// A text in UTF-16 or UTF-32 is scanned in full as what it says. Such files
// are few: nothing of this is carried over deltas.
void TextScanner::ScanWide(std::string_view text, Place place) {
  const WideKind kind = WideKindOf(text);
  if (kind == WideKind::kNone || shared_.options->max_decode_depth == 0) {
    return;
  }
  DecodeWide(text, kind, false, &wide_);
  encoding_ = wide_.name;
  const uint8_t limits = limits_;
  // Cannot fail where the text itself did not (kInternal).
  const Result<void> scanned = scan_.ScanWhole(wide_.text, &wide_scanned_.hits);
  StartText(&wide_scanned_);
  if (scanned) {
    for (const Hit& hit : wide_scanned_.hits) {
      Verify(wide_.text, hit, &wide_scanned_);
    }
    Conclude(wide_.text, place, wide_scanned_);
  }
  limits_ |= limits;
  encoding_ = nullptr;
}

void TextScanner::Verify(std::string_view text, Hit hit, ScannedText* out) {
  if (hit.pattern() >= kFirstTrigger) {
    VerifyRegion(text, hit, out);
    return;
  }
  ScannedText::Verdict verdict;
  if (hit.pattern() < shared_.rules->rules.size()) {
    const LocalVerdict local = shared_.verifier->VerifyLocally(text, hit);
    const int64_t end = static_cast<int64_t>(hit.end());
    verdict.before = static_cast<uint32_t>(end - local.low);
    verdict.after = static_cast<uint32_t>(local.high - end);
    if (local.accepted) {
      verdict.accepted = static_cast<uint32_t>(out->accepted.size());
      out->accepted.push_back(local);
    }
  }
  out->verdicts.push_back(verdict);
}

// Whether a trigger of this text may still be looked at; counts in the order
// of the hits, so that each way of scanning stops at the same one.
bool TextScanner::MayDecode(ScannedText* out) {
  if (out->decoded_bytes <= shared_.options->max_decoded_size) {
    return true;
  }
  limits_ |= kTooMuchDecoded;
  ScannedText::Verdict verdict;
  verdict.before = ScannedText::kUndecided;
  out->verdicts.push_back(verdict);
  return false;
}

void TextScanner::VerifyRegion(std::string_view text, Hit hit,
                               ScannedText* out) {
  if (!MayDecode(out)) {
    return;
  }
  const RegionScan::Sighting& sighting = regions_.Look(text, hit, &scan_);
  const int64_t end = static_cast<int64_t>(hit.end());
  ScannedText::Verdict verdict;
  verdict.before = static_cast<uint32_t>(end - sighting.low);
  verdict.after = static_cast<uint32_t>(sighting.high - end);
  if (sighting.region != nullptr) {
    verdict.accepted = AddRegion(sighting.begin, sighting.region, out);
  }
  out->verdicts.push_back(verdict);
}

// The region's index in `out`; each region is there once, however many hits
// point at it.
uint32_t TextScanner::AddRegion(
    uint64_t begin, const std::shared_ptr<const DecodedRegion>& decoded,
    ScannedText* out) {
  uint32_t& last = last_region_[static_cast<size_t>(decoded->trigger)];
  if (last == UINT32_MAX || out->regions[last].begin != begin) {
    last = static_cast<uint32_t>(out->regions.size());
    out->regions.push_back({begin, decoded});
    out->decoded_bytes += decoded->decoded_bytes;
  }
  return last;
}

void TextScanner::CarryVerdicts(std::string_view text, const CopyMap& map,
                                const ScannedText& base, ScannedText* out) {
  const int64_t width = matcher_.width();
  uint64_t run_number = 0;
  for (const Hit& hit : out->hits) {
    // The only run that can have carried this hit: the first whose carried
    // ends reach as far (match/delta_scan.cc, Carry).
    const int64_t end = static_cast<int64_t>(hit.end());
    int64_t base_end = -1;
    for (; run_number < map.count; ++run_number) {
      const CarriedEnds ends = EndsCarriedBy(map, map.runs[run_number], width);
      const int64_t at = end - ends.shift;
      if (ends.low <= ends.high && at <= ends.high) {
        base_end = at >= ends.low ? at : -1;
        break;
      }
    }
    if (base_end >= 0) {
      const CopyRun& run = map.runs[run_number];
      const Hit base_hit =
          Hit::At(static_cast<uint64_t>(base_end), hit.pattern());
      const size_t found = static_cast<size_t>(
          FirstNotBelow(base.hits, base_hit) - base.hits.data());
      if (found < base.hits.size() && base.hits[found] == base_hit) {
        const ScannedText::Verdict& known = base.verdicts[found];
        if (IsCopied(map, run, base_end - int64_t{known.before},
                     base_end + int64_t{known.after})) {
          Carry(base, known, hit, end - base_end, out);
          continue;
        }
      }
    }
    Verify(text, hit, out);
  }
}

// Takes over a verdict of the base, whose bytes lie `shift` further on here.
void TextScanner::Carry(const ScannedText& base,
                        const ScannedText::Verdict& known, Hit hit,
                        int64_t shift, ScannedText* out) {
  const bool is_trigger = hit.pattern() >= kFirstTrigger;
  if (is_trigger && !MayDecode(out)) {
    return;
  }
  ScannedText::Verdict verdict = known;
  if (known.accepted != ScannedText::kRejected && is_trigger) {
    const ScannedText::Region& region = base.regions[known.accepted];
    verdict.accepted = AddRegion(region.begin + static_cast<uint64_t>(shift),
                                 region.decoded, out);
  } else if (known.accepted != ScannedText::kRejected) {
    verdict.accepted = static_cast<uint32_t>(out->accepted.size());
    out->accepted.push_back(base.accepted[known.accepted].Shifted(shift));
  }
  out->verdicts.push_back(verdict);
}

void TextScanner::Conclude(std::string_view text, Place place,
                           const ScannedText& scanned) {
  detections_.clear();
  if (!scanned.accepted.empty()) {
    shared_.verifier->Conclude(text, scanned.accepted, &detections_,
                               &outcome_.inline_allowed);
  }
  if (!scanned.regions.empty()) {
    ConcludeRegions(text, place, scanned);
  }
  if (detections_.empty()) {
    return;
  }
  TextLines lines(text);
  for (const Detection& detection : detections_) {
    if (detection.confidence < shared_.options->min_confidence) {
      const std::string_view secret = detection.secret.In(text);
      outcome_.below_confidence.emplace(
          std::hash<std::string_view>()(secret) * 31 + detection.rule, place);
      continue;
    }
    AddPlain(text, detection, place, &lines);
  }
}

void TextScanner::AddPlain(std::string_view text, const Detection& detection,
                           Place place, TextLines* lines) {
  std::string written;
  const std::string secret = SecretOf(text, detection, &written);
  Inside inside;
  if (encoding_ != nullptr) {
    inside.decoding.emplace_back(encoding_);
  }
  if (!written.empty()) {
    inside.decoding.push_back(std::move(written));
  }
  Occurrence occurrence;
  occurrence.rule = detection.rule;
  occurrence.secret = secret;
  occurrence.object = place.object;
  occurrence.kind = place.kind;
  occurrence.inside = inside.decoding.empty() ? nullptr : &inside;
  std::tie(occurrence.line, occurrence.column) =
      lines->At(detection.secret.begin);
  std::tie(occurrence.end_line, occurrence.end_column) =
      lines->At(detection.secret.end);
  occurrence.confidence = detection.confidence;
  occurrence.severity = detection.severity;
  FindingText* described = outcome_.findings.Add(occurrence);
  if (described != nullptr) {
    Description words = shared_.verifier->Describe(text, detection);
    described->reasons = std::move(words.reasons);
    described->details = std::move(words.details);
    described->description = std::move(words.description);
    described->remediation = std::move(words.remediation);
    described->revoke_url = std::move(words.revoke_url);
    described->snippet = SnippetOfLine(text, detection, detections_);
  }
}

// Hands in what was found in decoded regions, at its place in this text.
void TextScanner::ConcludeRegions(std::string_view text, Place place,
                                  const ScannedText& scanned) {
  TextLines lines(text);
  decoded_.clear();
  for (const ScannedText::Region& region : scanned.regions) {
    limits_ |= region.decoded->limits;
    outcome_.inline_allowed += region.decoded->inline_allowed;
    for (const uint64_t hash : region.decoded->below_confidence) {
      outcome_.below_confidence.emplace(hash, place);
    }
    for (const DecodedFinding& finding : region.decoded->findings) {
      decoded_.push_back({Span{region.begin + finding.span.begin,
                               region.begin + finding.span.end},
                          &finding});
    }
  }
  DropTwiceDecoded();
  for (const DecodedPlace& found : decoded_) {
    if (!PrevailsOverPlain(*found.finding, found.span)) {
      continue;
    }
    if (shared_.verifier->IsAllowedByComment(text, found.span)) {
      ++outcome_.inline_allowed;
      continue;
    }
    AddDecoded(*found.finding, found.span, place, &lines);
  }
}

// Two decoders may come upon one secret (a "\n" before base64 is an escape):
// the shorter way is told.
void TextScanner::DropTwiceDecoded() {
  const auto way = [](const DecodedPlace& found) {
    return std::tie(found.finding->rule, found.finding->secret,
                    found.span.begin);
  };
  const auto steps = [](const DecodedPlace& found) {
    return found.finding->decoding.size();
  };
  std::stable_sort(decoded_.begin(), decoded_.end(),
                   [&](const DecodedPlace& a, const DecodedPlace& b) {
                     return way(a) != way(b) ? way(a) < way(b)
                                             : steps(a) < steps(b);
                   });
  std::vector<DecodedPlace> kept;
  for (const DecodedPlace& found : decoded_) {
    if (!kept.empty() && kept.back().finding->rule == found.finding->rule &&
        kept.back().finding->secret == found.finding->secret &&
        found.span.begin < kept.back().span.end) {
      if (steps(found) < steps(kept.back())) {
        kept.back() = found;
      }
      continue;
    }
    kept.push_back(found);
  }
  decoded_ = std::move(kept);
}

// Whether a finding says more than what was found where it stands, undecoded:
// not if that was the same rule, or one that knows the format if this one does
// not. What generic rules made of the encoded text goes, if this one does.
bool TextScanner::PrevailsOverPlain(const DecodedFinding& finding,
                                    const Span& span) {
  const Verifier& verifier = *shared_.verifier;
  const bool generic = verifier.IsGeneric(finding.rule);
  const auto is_there = [&span](const Detection& plain) {
    return plain.secret.begin < span.end && span.begin < plain.secret.end;
  };
  if (std::any_of(
          detections_.begin(), detections_.end(), [&](const Detection& plain) {
            return (generic || plain.rule == finding.rule) && is_there(plain);
          })) {
    return false;
  }
  if (!generic) {
    std::erase_if(detections_, [&](const Detection& plain) {
      return verifier.IsGeneric(plain.rule) && is_there(plain);
    });
  }
  return true;
}

void TextScanner::AddDecoded(const DecodedFinding& finding, const Span& span,
                             Place place, TextLines* lines) {
  Inside inside;
  if (encoding_ != nullptr) {
    inside.decoding.emplace_back(encoding_);
  }
  inside.decoding.insert(inside.decoding.end(), finding.decoding.begin(),
                         finding.decoding.end());
  Occurrence occurrence;
  occurrence.rule = finding.rule;
  occurrence.secret = finding.secret;
  occurrence.object = place.object;
  occurrence.kind = place.kind;
  occurrence.inside = &inside;
  std::tie(occurrence.line, occurrence.column) = lines->At(span.begin);
  std::tie(occurrence.end_line, occurrence.end_column) = lines->At(span.end);
  occurrence.confidence = finding.confidence;
  occurrence.severity = finding.severity;
  FindingText* described = outcome_.findings.Add(occurrence);
  if (described != nullptr) {
    *described = finding.text;
  }
}

}  // namespace keysift
