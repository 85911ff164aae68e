// SPDX-License-Identifier: Apache-2.0
// Names overrule the order (alignment.cc): PROD_…_ID goes with PROD_…_SECRET.
#include "verify/aws_alignment.h"

#include <algorithm>
#include <map>

#include "verify/aws_pairing.h"

namespace keysift {
namespace {

std::vector<Span> SecretsOf(const std::vector<AwsPart>& parts) {
  std::vector<Span> spans;
  for (const AwsPart& part : parts) {
    spans.push_back(part.detection.secret);
  }
  return spans;
}

}  // namespace

PartPairs PairAwsPartsByName(std::string_view text,
                             const std::vector<AwsPart>& ids,
                             const std::vector<AwsPart>& secrets) {
  PartPairs pairs;
  std::map<std::string, std::vector<size_t>> by_label;
  for (size_t j = 0; j < secrets.size(); ++j) {
    if (!secrets[j].label.empty()) {
      by_label[secrets[j].label].push_back(j);
    }
  }
  std::map<std::string, size_t> ids_of;
  for (const AwsPart& id : ids) {
    ++ids_of[id.label];
  }
  for (size_t i = 0; i < ids.size(); ++i) {
    const auto found = by_label.find(ids[i].label);
    if (found != by_label.end() && found->second.size() == 1 &&
        ids_of[ids[i].label] == 1 &&
        AwsCost(text, ids[i], secrets[found->second[0]]) != kTooFar) {
      pairs.emplace_back(i, found->second[0]);
    }
  }
  return pairs;
}

PartPairs AlignAwsParts(std::string_view text, const std::vector<AwsPart>& ids,
                        const std::vector<AwsPart>& secrets) {
  return AlignParts(SecretsOf(ids), SecretsOf(secrets), kAwsPairBytes,
                    [&](size_t id, size_t secret) {
                      return AwsCost(text, ids[id], secrets[secret]);
                    });
}

}  // namespace keysift
