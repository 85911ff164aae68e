// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "verify/generic_name.h"
#include "verify/generic_place.h"
#include "verify/generic_value.h"

namespace keysift {

// A name and its value, and what reading each of them said: all that a veto or
// a feature may ask. Views into `place`'s bytes, no longer than the call.
struct Case {
  const GenericPlace& place;
  NameReading name;
  ValueReading value;
  bool code = false;  // the line looks like a program's

  bool password() const { return name.kind == NameKind::kPassword; }
  size_t length() const { return place.value.size(); }
};

inline bool Holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Letters only, in one case or capitalised.
bool IsOneWord(const Case& c);

// f("password", "x") where f does not say that it sets, reads or compares.
bool IsOddCall(const Case& c);

}  // namespace keysift
