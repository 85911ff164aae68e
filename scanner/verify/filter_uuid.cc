// SPDX-License-Identifier: Apache-2.0
// A UUID (RFC 4122: 8-4-4-4-12 hex) names things far more often than it opens
// them, so a rule whose regex does not spell one does not want one.
#include "verify/filter.h"
#include "verify/text.h"

namespace keysift {
namespace {

bool IsUuid(std::string_view bytes) {
  if (bytes.size() != 36) {
    return false;
  }
  for (size_t i = 0; i < bytes.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? bytes[i] != '-' : !IsHex(bytes[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace

FilterOutcome FilterUuid(const FilterInput& input) {
  if (input.rule.wants_uuid || !IsUuid(input.secret)) {
    return FilterOutcome::kKeep;
  }
  return input.rule.generic ? FilterOutcome::kReject : FilterOutcome::kLower;
}

}  // namespace keysift
