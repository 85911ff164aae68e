// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace keysift {

// Whether a password only names the place where one would stand: "password",
// "my_password", "$DB_PASS", "%7Bpass". `password` in lower case. Pure.
bool IsStandIn(const std::string& password);

}  // namespace keysift
