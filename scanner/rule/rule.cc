// SPDX-License-Identifier: Apache-2.0
#include "rule/rule.h"

#include <array>

namespace keysift {
namespace {

constexpr std::array<const char*, 4> kSeverities = {"low", "medium", "high",
                                                    "critical"};
constexpr std::array<const char*, 3> kConfidences = {"possible", "likely",
                                                     "certain"};

template <class Enum, size_t N>
bool ParseName(const std::array<const char*, N>& names, const std::string& name,
               Enum* value) {
  for (size_t i = 0; i < N; ++i) {
    if (name == names[i]) {
      *value = static_cast<Enum>(i);
      return true;
    }
  }
  return false;
}

}  // namespace

const char* SeverityName(Severity severity) {
  return kSeverities[static_cast<size_t>(severity)];
}

const char* ConfidenceName(Confidence confidence) {
  return kConfidences[static_cast<size_t>(confidence)];
}

bool ParseSeverity(const std::string& name, Severity* severity) {
  return ParseName(kSeverities, name, severity);
}

bool ParseConfidence(const std::string& name, Confidence* confidence) {
  return ParseName(kConfidences, name, confidence);
}

}  // namespace keysift
