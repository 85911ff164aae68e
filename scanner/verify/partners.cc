// SPDX-License-Identifier: Apache-2.0
#include "verify/partners.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "verify/alignment.h"
#include "verify/marks.h"
#include "verify/verifier_impl.h"

namespace keysift {
namespace {

// The detections of each rule, in the order of the text.
using ByRule = std::map<uint32_t, std::vector<Detection*>>;

ByRule GroupByRule(std::vector<Detection>* detections) {
  ByRule groups;
  for (Detection& detection : *detections) {
    groups[detection.rule].push_back(&detection);
  }
  for (auto& [rule, group] : groups) {
    std::sort(group.begin(), group.end(),
              [](const Detection* a, const Detection* b) {
                return a->secret.begin < b->secret.begin;
              });
  }
  return groups;
}

std::vector<Span> SecretsOf(const std::vector<Detection*>& group) {
  std::vector<Span> spans;
  for (const Detection* detection : group) {
    spans.push_back(detection->secret);
  }
  return spans;
}

// Two invented values beside each other are no surer than one.
bool LooksInvented(const Detection& detection) {
  constexpr uint32_t kDoubts = kMarkSample | kMarkCanary | kMarkPlaceholder |
                               kMarkSequence | kMarkReference | kMarkLoose |
                               kMarkExample;
  return (detection.marks & kDoubts) != 0;
}

void Join(const Partner& partner, const Detection& id, Detection* secret) {
  secret->partner = id.secret;
  secret->partner_rule = id.rule;
  secret->marks |= kMarkPaired;
  if (LooksInvented(id) || LooksInvented(*secret)) {
    return;
  }
  const bool failed = ((id.marks | secret->marks) & kMarkCheckFailed) != 0;
  if (secret->confidence == Confidence::kPossible) {
    secret->confidence = Confidence::kLikely;
  } else if (partner.proves && !failed) {
    secret->confidence = Confidence::kCertain;
  }
}

void JoinGroups(std::string_view text, const Partner& partner,
                const std::vector<Detection*>& ids,
                const std::vector<Detection*>& secrets) {
  const std::vector<Span> id_spans = SecretsOf(ids);
  const std::vector<Span> secret_spans = SecretsOf(secrets);
  const Nearness most{static_cast<uint64_t>(partner.within_lines),
                      kPartnerBytes};
  const PartPairs pairs = AlignParts(
      id_spans, secret_spans, kPartnerBytes, [&](size_t id, size_t secret) {
        return PartDistance(text, id_spans[id], secret_spans[secret], most);
      });
  for (const auto& [id, secret] : pairs) {
    Join(partner, *ids[id], secrets[secret]);
  }
}

std::vector<Detection*> Alone(const std::vector<Detection*>& group) {
  std::vector<Detection*> alone;
  std::copy_if(group.begin(), group.end(), std::back_inserter(alone),
               [](const Detection* d) { return d->partner.empty(); });
  return alone;
}

bool HasPartners(const RuleSet& rules, const Detection& detection) {
  return !rules.rules[detection.rule].partners.empty();
}

// Whether the other part was found as a partner, not as a required part, which
// stays for its own rule to report.
bool TellsOfPartner(const RuleSet& rules, const Detection& detection) {
  const std::vector<Partner>& partners = rules.rules[detection.rule].partners;
  return !detection.partner.empty() &&
         std::any_of(partners.begin(), partners.end(), [&](const Partner& p) {
           return p.id == rules.rules[detection.partner_rule].id;
         });
}

// "on its line", "2 lines above".
std::string PlaceOf(std::string_view text, Span part, Span secret) {
  const bool above = part.begin < secret.begin;
  const Span gap =
      above ? Span{part.end, secret.begin} : Span{secret.end, part.begin};
  const std::string_view between =
      gap.begin < gap.end ? gap.In(text) : std::string_view();
  const auto lines = std::count(between.begin(), between.end(), '\n');
  if (lines == 0) {
    return "on its line";
  }
  return std::to_string(lines) + (lines == 1 ? " line " : " lines ") +
         (above ? "above" : "below");
}

}  // namespace

void FindPartners(std::string_view text, const RuleSet& rules,
                  std::vector<Detection>* detections, Trace* trace) {
  if (detections->size() < 2 ||
      std::none_of(
          detections->begin(), detections->end(),
          [&rules](const Detection& d) { return HasPartners(rules, d); })) {
    return;
  }
  const ByRule groups = GroupByRule(detections);
  for (const auto& [rule, group] : groups) {
    for (const Partner& partner : rules.rules[rule].partners) {
      const int number = rules.Find(partner.id);
      const auto ids = number < 0 ? groups.end()
                                  : groups.find(static_cast<uint32_t>(number));
      if (ids != groups.end()) {
        JoinGroups(text, partner, ids->second, Alone(group));
      }
    }
  }
  if (trace != nullptr) {
    for (const Detection& detection : *detections) {
      if (TellsOfPartner(rules, detection)) {
        Tell(trace, "partner: " + rules.rules[detection.partner_rule].id +
                        " stands with " + rules.rules[detection.rule].id);
      }
    }
  }
}

void DropPartners(const RuleSet& rules, std::vector<Detection>* detections,
                  Trace* trace) {
  using Key = std::tuple<uint32_t, uint64_t, uint64_t>;
  std::map<Key, Confidence> told;
  for (const Detection& detection : *detections) {
    if (TellsOfPartner(rules, detection)) {
      const auto [at, fresh] =
          told.try_emplace(Key{detection.partner_rule, detection.partner.begin,
                               detection.partner.end},
                           detection.confidence);
      at->second = std::max(at->second, detection.confidence);
    }
  }
  if (told.empty()) {
    return;
  }
  std::vector<Detection> kept;
  for (const Detection& detection : *detections) {
    const auto at = told.find(
        Key{detection.rule, detection.secret.begin, detection.secret.end});
    if (at == told.end() || at->second < detection.confidence) {
      kept.push_back(detection);
    } else if (trace != nullptr) {
      Tell(trace, "partner: " + rules.rules[detection.rule].id +
                      " is told of with its secret");
    }
  }
  *detections = std::move(kept);
}

bool DescribePartner(std::string_view text, const PreparedRules& rules,
                     const Detection& detection, Description* description) {
  const Rule& rule = *rules[detection.rule].rule;
  if (detection.partner.empty() ||
      (rule.partners.empty() && rule.required.empty())) {
    return false;
  }
  const PreparedRule& partner = rules[detection.partner_rule];
  std::string reason = partner.names_owner ? "belongs to " : "stands with ";
  reason += partner.rule->description;
  if (partner.names_owner) {
    const std::string value(detection.partner.In(text));
    reason += " " + value;
    description->details["partner"] = value;
  }
  description->details["partner_rule"] = partner.rule->id;
  description->reasons.push_back(
      reason + ", " + PlaceOf(text, detection.partner, detection.secret));
  return true;
}

}  // namespace keysift
