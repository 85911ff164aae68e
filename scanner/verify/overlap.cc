// SPDX-License-Identifier: Apache-2.0
#include "verify/overlap.h"

#include <algorithm>
#include <tuple>

#include "verify/marks.h"
#include "verify/verifier_impl.h"

namespace keysift {
namespace {

// Whether `a` says more than `b`.
bool TellsMore(const PreparedRules& rules, const Detection& a,
               const Detection& b) {
  const PreparedRule& rule_a = rules[a.rule];
  const PreparedRule& rule_b = rules[b.rule];
  if ((rule_a.is_id && rule_b.generic) || (rule_b.is_id && rule_a.generic)) {
    return rule_a.is_id;
  }
  const auto key = [&rules](const Detection& d) {
    // A provider's rule knows more, but not where it doubts what a generic one
    // believes (see LearnFromGeneric).
    return std::make_tuple(std::min(d.confidence, Confidence::kLikely),
                           !rules[d.rule].generic, d.confidence, d.severity,
                           d.partner.size() > 0, d.secret.size());
  };
  const auto key_a = key(a);
  const auto key_b = key(b);
  return key_a != key_b ? key_a > key_b : a.rule < b.rule;
}

bool Overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

// A provider's rule tells whose a secret is, a generic one that it is used as
// one ("token = …"). If the first doubts, over a checksum of an invented
// example or over a format that is common, and the second does not, then the
// secret is likely, and the provider's. A sample stays one, an id is an id
// whatever its variable is called, and what has but the shape of a provider's
// keys is not called the provider's.
void LearnFromGeneric(const PreparedRules& rules, Detection* a, Detection* b) {
  Detection* named = rules[a->rule].generic ? b : a;
  const Detection* generic = named == a ? b : a;
  const uint32_t doubts =
      kMarkSample | kMarkCanary | kMarkPlaceholder | kMarkSequence | kMarkLoose;
  if (rules[named->rule].generic || !rules[generic->rule].generic ||
      rules[named->rule].is_id || (named->marks & doubts) != 0) {
    return;
  }
  const bool nested = generic->secret.Contains(named->secret) ||
                      named->secret.Contains(generic->secret);
  if (nested && named->confidence < Confidence::kLikely &&
      generic->confidence >= Confidence::kLikely) {
    named->confidence = Confidence::kLikely;
    named->marks |= kMarkNamedSecret;
  }
}

}  // namespace

void MergeWithinRules(std::vector<Detection>* detections) {
  const auto key = [](const Detection& d) {
    return std::make_tuple(d.rule, d.match.begin, UINT64_MAX - d.match.end,
                           -static_cast<int>(d.confidence), d.secret.begin,
                           d.secret.end);
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

void DropOverlapped(const PreparedRules& rules,
                    std::vector<Detection>* detections, Trace* trace) {
  std::vector<Detection> found;
  for (const Detection& detection : *detections) {
    if (rules[detection.rule].rule->report) {
      found.push_back(detection);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Detection& a, const Detection& b) {
              return std::tie(a.secret.begin, a.secret.end, a.rule) <
                     std::tie(b.secret.begin, b.secret.end, b.rule);
            });
  // Kept secrets never overlap and are in order, so only the last ones can
  // overlap with the next.
  std::vector<Detection> kept;
  for (Detection& detection : found) {
    bool keep = true;
    while (keep && !kept.empty() &&
           Overlap(kept.back().secret, detection.secret)) {
      LearnFromGeneric(rules, &kept.back(), &detection);
      const bool better = TellsMore(rules, detection, kept.back());
      if (trace != nullptr) {
        const Detection& loser = better ? kept.back() : detection;
        const Detection& winner = better ? detection : kept.back();
        Tell(trace, "overlap: " + rules[loser.rule].rule->id +
                        " gives way to " + rules[winner.rule].rule->id);
      }
      if (better) {
        kept.pop_back();
      } else {
        keep = false;
      }
    }
    if (keep) {
      kept.push_back(detection);
    }
  }
  *detections = std::move(kept);
}

}  // namespace keysift
