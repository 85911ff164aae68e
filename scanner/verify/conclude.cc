// SPDX-License-Identifier: Apache-2.0
// From a text's local verdicts to its detections, in eight steps. Everything
// here may read the whole text and is computed anew for each text.
#include <algorithm>
#include <tuple>

#include "verify/allow_comment.h"
#include "verify/marks.h"
#include "verify/verifier_impl.h"

namespace keysift {
namespace {

std::vector<Detection> ToDetections(const std::vector<LocalVerdict>& verdicts,
                                    const PreparedRules& rules) {
  std::vector<Detection> detections;
  for (const LocalVerdict& verdict : verdicts) {
    if (!verdict.accepted) {
      continue;
    }
    Detection detection;
    detection.rule = verdict.hit.pattern();
    detection.match = verdict.match;
    detection.secret = verdict.secret;
    detection.severity = rules[detection.rule].rule->severity;
    detection.confidence = verdict.confidence;
    detection.marks = verdict.marks;
    detections.push_back(detection);
  }
  return detections;
}

// Equal matches of one rule become one; a match inside another of the same
// rule goes.
void MergeWithinRules(std::vector<Detection>* detections) {
  const auto key = [](const Detection& d) {
    return std::make_tuple(d.rule, d.match.begin, UINT64_MAX - d.match.end,
                           d.secret.begin, d.secret.end,
                           -static_cast<int>(d.confidence));
  };
  std::sort(detections->begin(), detections->end(),
            [&key](const Detection& a, const Detection& b) {
              return key(a) < key(b);
            });
  std::vector<Detection> kept;
  for (const Detection& detection : *detections) {
    if (kept.empty() || kept.back().rule != detection.rule ||
        !kept.back().match.Contains(detection.match)) {
      kept.push_back(detection);
    }
  }
  *detections = std::move(kept);
}

}  // namespace

void Verifier::Conclude(std::string_view text,
                        const std::vector<LocalVerdict>& verdicts,
                        std::vector<Detection>* detections,
                        uint64_t* inline_allowed, Trace* trace) const {
  std::vector<Detection> found = ToDetections(verdicts, impl_->rules);
  MergeWithinRules(&found);
  for (const Detection& detection : found) {
    const std::string_view comment = FindAllowComment(
        text, detection.match, impl_->options.ignored_comments);
    if (!comment.empty()) {
      ++*inline_allowed;
      Tell(trace, "allowed by a comment: " + std::string(comment));
      continue;
    }
    if (impl_->rules[detection.rule].rule->report) {
      detections->push_back(detection);
    }
  }
  std::sort(detections->begin(), detections->end(),
            [](const Detection& a, const Detection& b) {
              return std::tie(a.secret.begin, a.secret.end, a.rule) <
                     std::tie(b.secret.begin, b.secret.end, b.rule);
            });
}

}  // namespace keysift
