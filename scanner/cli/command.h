// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/flags.h"

namespace keysift {

// One word after `keysift`. A command is one file and one line in commands.cc.
struct Command {
  const char* name;
  const char* synopsis;  // what follows the name: "[OPTIONS] [TARGET...]"
  const char* about;     // one line for the list of commands
  const char* examples;  // shown by --help: lines of "command  # what for"
  // The flags that it takes, for help, completions and the README. The setters
  // of a listed flag must not be called.
  std::vector<Flag> (*flags)();
  // Runs with the words after its name; returns the exit code. Prints.
  int (*run)(const std::vector<std::string>& words);
};

// All commands, in the order that help lists them.
const std::vector<Command>& Commands();
// The command of that name, or null.
const Command* FindCommand(const std::string& name);

// The commands themselves, each in <name>_command.cc.
extern const Command kScanCommand;
extern const Command kHookCommand;
extern const Command kIgnoreCommand;
extern const Command kExplainCommand;
extern const Command kReportCommand;
extern const Command kBulkCommand;
extern const Command kRulesCommand;
extern const Command kConfigCommand;
extern const Command kCompletionCommand;
extern const Command kVersionCommand;

}  // namespace keysift
