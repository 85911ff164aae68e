// SPDX-License-Identifier: Apache-2.0
#include "cli/command.h"

namespace keysift {

const std::vector<Command>& Commands() {
  static const std::vector<Command> commands = {
      kScanCommand,       kBulkCommand,    kHookCommand,  kIgnoreCommand,
      kExplainCommand,    kReportCommand,  kRulesCommand, kConfigCommand,
      kCompletionCommand, kVersionCommand,
  };
  return commands;
}

const Command* FindCommand(const std::string& name) {
  for (const Command& command : Commands()) {
    if (name == command.name) {
      return &command;
    }
  }
  return nullptr;
}

}  // namespace keysift
