// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verify/aws_pairing.h"
#include "verify/prepared_rules.h"
#include "verify/verifier.h"

namespace keysift {

// What the four steps of a Verifier share. Immutable.
struct Verifier::Impl {
  Impl(const RuleSet* rule_set, IsObjectName object_name,
       VerifierOptions verifier_options, const PreparedRules* shared)
      : own(shared == nullptr ? std::make_unique<PreparedRules>(rule_set)
                              : nullptr),
        rules(shared == nullptr ? *own : *shared),
        aws(*rule_set),
        is_object_name(std::move(object_name)),
        options(std::move(verifier_options)) {}

  const std::unique_ptr<const PreparedRules> own;
  const PreparedRules& rules;
  AwsRules aws;
  IsObjectName is_object_name;
  VerifierOptions options;
};

// Adds a line to a trace, if there is one. The caller builds the line only
// then: `if (trace) Tell(trace, …)` keeps the normal path free of strings.
inline void Tell(Trace* trace, std::string line) {
  if (trace != nullptr) {
    trace->push_back(std::move(line));
  }
}

// One step less or none.
inline Confidence Lowered(Confidence confidence) {
  return confidence == Confidence::kCertain ? Confidence::kLikely
                                            : Confidence::kPossible;
}

}  // namespace keysift
