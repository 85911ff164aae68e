// SPDX-License-Identifier: Apache-2.0
// The four steps stand in local.cc, conclude.cc, describe.cc and judge.cc.
#include "verify/verifier.h"

#include "verify/verifier_impl.h"

namespace keysift {

Verifier::Verifier(const RuleSet* rules, IsObjectName is_object_name,
                   VerifierOptions options, const PreparedRules* shared)
    : impl_(std::make_unique<Impl>(rules, std::move(is_object_name),
                                   std::move(options), shared)) {}

Verifier::~Verifier() = default;

}  // namespace keysift
