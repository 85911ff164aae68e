// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/command.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/terminal.h"
#include "report/version.h"

namespace keysift {
namespace {

// Reads its words by hand: it must start at once.
int RunVersion(const std::vector<std::string>& words) {
  std::string text = std::string(kToolName) + " " + ToolVersion() + "\n";
  if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
    text = CommandHelp(kVersionCommand);
  } else if (!words.empty()) {
    Say("version takes no words");
    return kExitError;
  }
  return WriteAll(STDOUT_FILENO, text) ? 0 : kExitError;
}

std::vector<Flag> NoFlags() { return {}; }

}  // namespace

const Command kVersionCommand = {
    "version", "", "print the version", "", NoFlags, RunVersion,
};

}  // namespace keysift
