// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "verify/prepared_rules.h"
#include "verify/window.h"

namespace keysift {

// What a shared filter makes of a secret.
enum class FilterOutcome {
  kKeep,
  kLower,   // one step less confidence, and the report says why
  kSample,  // an invented value: possible at most, and the report says why
  kReject,  // no credential
};

// What a filter may look at: the secret, and more only through the window.
struct FilterInput {
  const PreparedRule& rule;
  Window* window;
  Span match;
  Span secret_span;
  std::string_view secret;
};

// A filter that all rules share. Pure, any thread.
struct Filter {
  const char* name;
  uint32_t mark;  // set where it lowers
  FilterOutcome (*run)(const FilterInput& input);
};

// The list is in filters.cc; a new filter is one file and one line there.
extern const Filter kFilters[];
extern const int kFilterCount;

FilterOutcome FilterPlaceholder(const FilterInput& input);
FilterOutcome FilterRepetition(const FilterInput& input);
FilterOutcome FilterReference(const FilterInput& input);
FilterOutcome FilterUuid(const FilterInput& input);

}  // namespace keysift
