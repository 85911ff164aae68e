// SPDX-License-Identifier: Apache-2.0
#include "verify/composite.h"

#include <algorithm>
#include <map>

#include "verify/line_index.h"
#include "verify/marks.h"
#include "verify/verifier_impl.h"

namespace keysift {
namespace {

// Bytes between two spans; 0 if they touch.
uint64_t Gap(Span a, Span b) {
  if (a.end <= b.begin) {
    return b.begin - a.end;
  }
  return b.end <= a.begin ? a.begin - b.end : 0;
}

class Parts {
 public:
  Parts(std::string_view text, const std::vector<Detection>& detections)
      : lines_(text) {
    for (const Detection& detection : detections) {
      by_rule_[detection.rule].push_back(detection);
    }
    for (auto& [rule, list] : by_rule_) {
      std::sort(list.begin(), list.end(),
                [](const Detection& a, const Detection& b) {
                  return a.match.begin < b.match.begin;
                });
    }
  }

  // The nearest match of `rule` within the part's limits, or nullptr.
  const Detection* Nearest(uint32_t rule, const RequiredPart& part,
                           const Detection& whole) {
    const auto found = by_rule_.find(rule);
    if (found == by_rule_.end()) {
      return nullptr;
    }
    const std::vector<Detection>& list = found->second;
    const auto after = std::lower_bound(
        list.begin(), list.end(), whole.match.begin,
        [](const Detection& d, uint64_t at) { return d.match.begin < at; });
    const Detection* nearest = nullptr;
    // Sorted and not nested: the nearest is one of the neighbours.
    for (auto at = after == list.begin() ? after : after - 1;
         at != list.end() && at <= after; ++at) {
      if (Near(part, whole, *at) &&
          (nearest == nullptr ||
           Gap(whole.match, at->match) < Gap(whole.match, nearest->match))) {
        nearest = &*at;
      }
    }
    return nearest;
  }

 private:
  bool Near(const RequiredPart& part, const Detection& whole,
            const Detection& other) {
    const auto apart = [](uint64_t a, uint64_t b) {
      return a < b ? b - a : a - b;
    };
    const LineIndex::Place a = lines_.PlaceOf(whole.match.begin);
    const LineIndex::Place b = lines_.PlaceOf(other.match.begin);
    return (part.within_lines < 0 ||
            apart(a.line, b.line) <=
                static_cast<uint64_t>(part.within_lines)) &&
           (part.within_columns < 0 ||
            apart(a.column, b.column) <=
                static_cast<uint64_t>(part.within_columns));
  }

  LineIndex lines_;
  std::map<uint32_t, std::vector<Detection>> by_rule_;
};

// False if a part is missing.
bool Join(const RuleSet& rules, Parts* parts, Detection* whole) {
  for (const RequiredPart& required : rules.rules[whole->rule].required) {
    const int rule = rules.Find(required.id);
    const Detection* part =
        rule < 0
            ? nullptr
            : parts->Nearest(static_cast<uint32_t>(rule), required, *whole);
    if (part == nullptr) {
      return false;
    }
    if (whole->partner.empty()) {
      whole->partner = part->secret;
      whole->partner_rule = part->rule;
      whole->marks |= kMarkPaired;
    }
  }
  return true;
}

}  // namespace

void JoinRequiredParts(std::string_view text, const RuleSet& rules,
                       std::vector<Detection>* detections, Trace* trace) {
  const bool any = std::any_of(detections->begin(), detections->end(),
                               [&rules](const Detection& d) {
                                 return !rules.rules[d.rule].required.empty();
                               });
  if (!any) {
    return;
  }
  Parts parts(text, *detections);
  std::vector<Detection> kept;
  for (Detection& detection : *detections) {
    if (Join(rules, &parts, &detection)) {
      kept.push_back(detection);
    } else if (trace != nullptr) {
      Tell(trace, "required: a part that " + rules.rules[detection.rule].id +
                      " needs is not near");
    }
  }
  *detections = std::move(kept);
}

}  // namespace keysift
