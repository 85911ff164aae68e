// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace keysift {

// Completion scripts, made from Commands() and their flags.
std::string BashCompletion();
std::string ZshCompletion();
std::string FishCompletion();

}  // namespace keysift
