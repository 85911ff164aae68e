// SPDX-License-Identifier: Apache-2.0
#include "match/triggers.h"

namespace keysift {

const std::vector<std::string>& TriggerExpressions() {
  static const std::vector<std::string> kExpressions = {};
  return kExpressions;
}

std::vector<PatternSource> PatternSources(const RuleSet& rules) {
  std::vector<PatternSource> sources;
  uint32_t pattern = 0;
  for (const Rule& rule : rules.rules) {
    for (const std::string& hit : rule.hits) {
      sources.push_back(PatternSource{hit, pattern});
    }
    ++pattern;
  }
  for (const std::string& trigger : TriggerExpressions()) {
    sources.push_back(PatternSource{trigger, pattern});
    ++pattern;
  }
  return sources;
}

}  // namespace keysift
