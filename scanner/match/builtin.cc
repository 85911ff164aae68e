// SPDX-License-Identifier: Apache-2.0
#include "match/builtin.h"

#include <cstdlib>
#include <string_view>

#include "rule/rule_codec.h"

// builtin_rules.S, made by keysift-compile-rules: each blob from its first to
// one past its last byte.
extern "C" {
extern const char keysift_rules_begin[];
extern const char keysift_rules_end[];
extern const char keysift_examples_begin[];
extern const char keysift_examples_end[];
extern const char keysift_patterns_sse42_begin[];
extern const char keysift_patterns_sse42_end[];
}

namespace keysift {
namespace {

std::string_view Between(const char* begin, const char* end) {
  return std::string_view(begin, static_cast<size_t>(end - begin));
}

}  // namespace

const RuleSet& BuiltinRules() {
  static const RuleSet kRules =
      OpenRules(Between(keysift_rules_begin, keysift_rules_end));
  return kRules;
}

RuleSet BuiltinRulesWithExamples() {
  RuleSet rules = BuiltinRules();
  Result<void> added = AddExamples(
      Between(keysift_examples_begin, keysift_examples_end), &rules);
  if (!added) {
    abort();  // our own build wrote them
  }
  return rules;
}

Result<PatternDatabase> LoadBuiltinPatterns() {
  return PatternDatabase::FromImage(
      Between(keysift_patterns_sse42_begin, keysift_patterns_sse42_end));
}

}  // namespace keysift
