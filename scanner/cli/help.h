// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace keysift {

// `keysift --help`: what it is, the commands, where to go on.
std::string GeneralHelp();
// `keysift COMMAND --help`: examples first, then the options by group.
std::string CommandHelp(const Command& command);
// The options as a Markdown table: README.md holds it, a test compares.
std::string FlagTable(const std::vector<Flag>& flags);

}  // namespace keysift
