// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/command.h"
#include "cli/terminal.h"
#include "cli/version.h"

namespace keysift {
namespace {

int RunVersion(const std::vector<std::string>& words) {
  if (!words.empty() && words.front() != "--help" && words.front() != "-h") {
    Say("version takes no words");
    return 2;
  }
  return WriteAll(STDOUT_FILENO, std::string("keysift ") + kVersion + "\n") ? 0
                                                                            : 2;
}

std::vector<Flag> NoFlags() { return {}; }

}  // namespace

const Command kVersionCommand = {
    "version", "", "print the version", "", NoFlags, RunVersion,
};

}  // namespace keysift
