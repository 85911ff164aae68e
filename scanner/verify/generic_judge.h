// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "rule/rule.h"
#include "verify/generic_place.h"

namespace keysift {

// The verdict over one name and value.
struct GenericVerdict {
  bool keep = false;
  Confidence confidence = Confidence::kPossible;
  std::string reason;  // what spoke for and against it; never the value
};

// Whether `place` holds a credential, from what its name, its value and its
// line say. Pure.
GenericVerdict JudgePlace(const GenericPlace& place);

}  // namespace keysift
