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
// Tests: tests/scan/text_scanner_test.cc, and --exhaustive on whole histories.
#include "scan/text_scanner.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "finding/redact.h"

namespace keysift {
namespace {

// Positions of one text in lines and columns, for offsets that mostly rise.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  std::pair<uint64_t, uint64_t> At(uint64_t offset) {
    if (offset < at_) {
      at_ = line_begin_ = 0;
      line_ = 1;
    }
    while (true) {
      const size_t next = text_.substr(0, offset).find('\n', at_);
      if (next == std::string_view::npos) {
        break;
      }
      at_ = line_begin_ = next + 1;
      ++line_;
    }
    at_ = offset;
    return {line_, offset - line_begin_ + 1};
  }

 private:
  std::string_view text_;
  uint64_t at_ = 0;
  uint64_t line_begin_ = 0;
  uint64_t line_ = 1;
};

// The lines from the one where `secret` begins, with every secret of the text
// that stands in them masked.
std::string SnippetOfLine(std::string_view text, const Detection& detection,
                          const std::vector<Detection>& all) {
  constexpr uint64_t kContext = 2048;
  const uint64_t begin = detection.secret.begin;
  const uint64_t from = begin > kContext ? begin - kContext : 0;
  const size_t newline = text.substr(from, begin - from).rfind('\n');
  const uint64_t line =
      newline == std::string_view::npos ? from : from + newline + 1;
  const uint64_t end =
      std::min<uint64_t>(text.size(), detection.secret.end + kContext);
  std::vector<Span> masked;
  for (const Detection& other : all) {
    const Span& secret = other.secret;
    if (secret.begin < end && secret.end > line &&
        (masked.empty() || secret.begin - line >= masked.back().end)) {
      masked.push_back({std::max(secret.begin, line) - line,
                        std::min(secret.end, end) - line});
    }
  }
  return SnippetOf(text.substr(line, end - line), masked, Scrubber());
}

}  // namespace

Result<TextScanner> TextScanner::Create(const Shared& shared,
                                        const PatternDatabase& patterns) {
  Result<Matcher> matcher = Matcher::Create(patterns);
  if (!matcher) {
    return tl::unexpected(std::move(matcher.error()));
  }
  return TextScanner(shared, std::move(*matcher));
}

TextScanner::TextScanner(const Shared& shared, Matcher matcher)
    : shared_(shared), matcher_(std::move(matcher)), scan_(&matcher_) {}

TextScanner::TextScanner(TextScanner&& other) noexcept
    : shared_(other.shared_),
      matcher_(std::move(other.matcher_)),
      scan_(&matcher_),
      findings_(std::move(other.findings_)) {}

Result<void> TextScanner::ScanWhole(std::string_view text, Place place,
                                    ScannedText* out) {
  Result<void> scanned = scan_.ScanWhole(text, &out->hits);
  out->complete = scanned.has_value();
  out->verdicts.clear();
  out->accepted.clear();
  for (const Hit& hit : out->hits) {
    Verify(text, hit, out);
  }
  Conclude(text, place, *out);
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
  out->verdicts.clear();
  out->accepted.clear();
  if (!out->hits.empty()) {
    CarryVerdicts(text, map, base, out);
    Conclude(text, place, *out);
  }
  return scanned;
}

void TextScanner::Verify(std::string_view text, Hit hit, ScannedText* out) {
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
      const CopyRun& run = map.runs[run_number];
      const int64_t shift = static_cast<int64_t>(run.base_begin) -
                            static_cast<int64_t>(run.begin);
      const int64_t low = map.Low(run) < 0 ? 0 : map.Low(run) + width + 1;
      const int64_t high = map.High(run) - 1;
      if (low <= high && end + shift <= high) {
        base_end = end + shift >= low ? end + shift : -1;
        break;
      }
    }
    if (base_end >= 0) {
      const CopyRun& run = map.runs[run_number];
      const Hit base_hit =
          Hit::At(static_cast<uint64_t>(base_end), hit.pattern());
      const auto found =
          std::lower_bound(base.hits.begin(), base.hits.end(), base_hit);
      if (found != base.hits.end() && *found == base_hit) {
        const ScannedText::Verdict& known =
            base.verdicts[static_cast<size_t>(found - base.hits.begin())];
        if (IsCopied(map, run, base_end - int64_t{known.before},
                     base_end + int64_t{known.after})) {
          ScannedText::Verdict verdict = known;
          if (known.accepted != ScannedText::kRejected) {
            verdict.accepted = static_cast<uint32_t>(out->accepted.size());
            out->accepted.push_back(
                base.accepted[known.accepted].Shifted(end - base_end));
          }
          out->verdicts.push_back(verdict);
          continue;
        }
      }
    }
    Verify(text, hit, out);
  }
}

void TextScanner::Conclude(std::string_view text, Place place,
                           const ScannedText& scanned) {
  if (scanned.accepted.empty()) {
    return;
  }
  detections_.clear();
  shared_.verifier->Conclude(text, scanned.accepted, &detections_,
                             &inline_allowed_);
  Lines lines(text);
  for (const Detection& detection : detections_) {
    const std::string_view secret = detection.secret.In(text);
    if (detection.confidence < shared_.options->min_confidence) {
      below_confidence_.insert(std::hash<std::string_view>()(secret) * 31 +
                               detection.rule);
      continue;
    }
    Occurrence occurrence;
    occurrence.rule = detection.rule;
    occurrence.secret = secret;
    occurrence.object = place.object;
    occurrence.kind = place.kind;
    std::tie(occurrence.line, occurrence.column) =
        lines.At(detection.secret.begin);
    std::tie(occurrence.end_line, occurrence.end_column) =
        lines.At(detection.secret.end);
    occurrence.confidence = detection.confidence;
    occurrence.severity = detection.severity;
    FindingText* described = findings_.Add(occurrence);
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
}

}  // namespace keysift
