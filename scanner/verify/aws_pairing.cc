// SPDX-License-Identifier: Apache-2.0
#include "verify/aws_pairing.h"

#include <algorithm>
#include <map>

#include "verify/aws_alignment.h"
#include "verify/marks.h"
#include "verify/text.h"

namespace keysift {
namespace {

// The console's old rootkey.csv is these two lines and nothing else.
bool IsOldRootKeyFile(std::string_view text, const AwsPart& id,
                      const AwsPart& secret) {
  constexpr std::string_view kId = "AWSAccessKeyId=";
  constexpr std::string_view kSecret = "AWSSecretKey=";
  const std::string_view body = Trim(text);
  return body.substr(0, kId.size()) == kId &&
         body.find(kSecret) != std::string_view::npos &&
         body.size() == kId.size() + kSecret.size() +
                            id.detection.secret.size() +
                            secret.detection.secret.size() +
                            (body.find('\r') == std::string_view::npos ? 1 : 2);
}

Detection Join(std::string_view text, const RuleSet& rules, const AwsRules& aws,
               const AwsPart& id, const AwsPart& secret) {
  Detection pair = secret.detection;
  pair.rule = static_cast<uint32_t>(aws.pair);
  pair.partner = id.detection.secret;
  pair.partner_rule = static_cast<uint32_t>(aws.key_id);
  pair.match.begin =
      std::min(id.detection.match.begin, secret.detection.match.begin);
  pair.match.end = std::max(id.detection.match.end, secret.detection.match.end);
  pair.severity = rules.rules[pair.rule].severity;
  pair.marks |= kMarkPaired | (id.detection.marks &
                               (kMarkSample | kMarkCanary | kMarkCheckFailed));
  pair.confidence = Confidence::kCertain;
  if ((pair.marks & kMarkSample) != 0) {
    pair.confidence = Confidence::kPossible;
  } else if ((id.detection.marks & kMarkCheckFailed) != 0 ||
             id.detection.confidence == Confidence::kPossible) {
    pair.confidence = Confidence::kLikely;
  }
  if (IsOldRootKeyFile(text, id, secret) && (pair.marks & kMarkSample) == 0) {
    pair.marks |= kMarkRoot;
    pair.severity = Severity::kCritical;
  }
  return pair;
}

void MarkSessionTokens(std::string_view text, const AwsRules& aws,
                       std::vector<Detection>* detections) {
  std::vector<Span> tokens;
  for (const Detection& detection : *detections) {
    const int rule = static_cast<int>(detection.rule);
    if (rule == aws.session_token || rule == aws.session_token_context) {
      tokens.push_back(detection.secret);
    }
  }
  if (tokens.empty()) {
    return;
  }
  for (Detection& detection : *detections) {
    if (static_cast<int>(detection.rule) != aws.pair) {
      continue;
    }
    for (Span token : tokens) {
      if (AwsDistance(text, token, detection.secret) != kTooFar) {
        detection.marks |= kMarkSessionToken;
        break;
      }
    }
  }
}

// Takes ids and secrets out of `detections`; the rest stays.
void TakeParts(std::string_view text, const AwsRules& aws,
               std::vector<Detection>* detections, std::vector<AwsPart>* ids,
               std::map<uint64_t, AwsPart>* secrets) {
  std::vector<Detection> rest;
  for (const Detection& detection : *detections) {
    AwsPart part;
    part.detection = detection;
    const int rule = static_cast<int>(detection.rule);
    if (rule == aws.key_id) {
      part.label = AwsLabelOf(text, detection.secret);
      ids->push_back(part);
    } else if (rule == aws.secret &&
               secrets->find(detection.secret.begin) == secrets->end()) {
      part.label = AwsLabelOf(text, detection.secret);
      secrets->emplace(detection.secret.begin, part);
    } else if (rule != aws.secret) {
      rest.push_back(detection);
    }
  }
  std::sort(ids->begin(), ids->end(), [](const AwsPart& a, const AwsPart& b) {
    return a.detection.secret.begin < b.detection.secret.begin;
  });
  *detections = std::move(rest);
}

std::vector<AwsPart> Without(const std::vector<AwsPart>& parts,
                             const std::vector<bool>& taken) {
  std::vector<AwsPart> left;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!taken[i]) {
      left.push_back(parts[i]);
    }
  }
  return left;
}

// Puts joined pairs into `detections` and takes their parts away.
void Replace(std::string_view text, const RuleSet& rules, const AwsRules& aws,
             const PartPairs& pairs, std::vector<AwsPart>* ids,
             std::vector<AwsPart>* secrets,
             std::vector<Detection>* detections) {
  std::vector<bool> id_taken(ids->size());
  std::vector<bool> secret_taken(secrets->size());
  for (const auto& [i, j] : pairs) {
    detections->push_back(Join(text, rules, aws, (*ids)[i], (*secrets)[j]));
    id_taken[i] = secret_taken[j] = true;
  }
  *ids = Without(*ids, id_taken);
  *secrets = Without(*secrets, secret_taken);
}

}  // namespace

AwsRules::AwsRules(const RuleSet& rules)
    : key_id(rules.Find("aws-access-key-id")),
      secret(rules.Find("aws-secret-access-key")),
      pair(rules.Find("aws-access-key-pair")),
      session_token(rules.Find("aws-session-token")),
      session_token_context(rules.Find("aws-session-token-context")) {}

void PairAwsKeys(std::string_view text, const RuleSet& rules,
                 const AwsRules& aws, std::vector<Detection>* detections) {
  if (aws.key_id < 0 || aws.pair < 0) {
    return;
  }
  std::vector<AwsPart> ids;
  std::map<uint64_t, AwsPart> by_place;
  TakeParts(text, aws, detections, &ids, &by_place);
  for (const AwsPart& id : ids) {
    const Span around = AwsSurroundings(text, id.detection.secret);
    for (const AwsPart& secret : FindBareAwsSecrets(text, around)) {
      by_place.emplace(secret.detection.secret.begin, secret);
    }
  }
  std::vector<AwsPart> secrets;
  for (auto& [begin, part] : by_place) {
    secrets.push_back(std::move(part));
  }
  const PartPairs named = PairAwsPartsByName(text, ids, secrets);
  Replace(text, rules, aws, named, &ids, &secrets, detections);
  const PartPairs aligned = AlignAwsParts(text, ids, secrets);
  Replace(text, rules, aws, aligned, &ids, &secrets, detections);
  for (const AwsPart& id : ids) {
    detections->push_back(id.detection);
  }
  for (const AwsPart& secret : secrets) {
    if (!secret.bare) {
      detections->push_back(secret.detection);
    }
  }
  MarkSessionTokens(text, aws, detections);
}

}  // namespace keysift
