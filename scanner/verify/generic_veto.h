// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verify/generic_case.h"

namespace keysift {

// Why no credential can stand at a place whose name promises one, in a few
// words that never hold the value; null if nothing speaks against it. Pure.
const char* FindVeto(const Case& c);

// The part of it that asks where the value stands (generic_place_veto.cc).
const char* FindPlaceVeto(const Case& c);

}  // namespace keysift
