// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "verify/check.h"

namespace keysift {

// The check that rules call `name`, or nullptr.
const Check* FindCheck(std::string_view name);

// All of them, in the order of the list; for `rules check` and its messages.
const std::vector<Check>& AllChecks();

}  // namespace keysift
