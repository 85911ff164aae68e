// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/nearest.h"
#include "cli/terminal.h"

namespace keysift {
namespace {

int Print(const std::string& text) {
  return WriteAll(STDOUT_FILENO, text) ? 0 : kExitError;
}

int UnknownCommand(const std::string& word) {
  std::vector<std::string> names;
  for (const Command& command : Commands()) {
    names.push_back(command.name);
  }
  const std::string nearest = Nearest(word, names);
  Say((word.starts_with("-") ? "no command before " : "no command ") + word +
      (nearest.empty() ? "; see keysift --help"
                       : "; did you mean " + nearest + "?"));
  return kExitError;
}

int Help(const std::vector<std::string>& words) {
  const Command* command = words.empty() ? nullptr : FindCommand(words.front());
  return Print(command == nullptr ? GeneralHelp() : CommandHelp(*command));
}

// Each command reads its own words; only help and version have two spellings.
int Run(std::vector<std::string> words) {
  if (words.empty()) {
    WriteAll(STDERR_FILENO, GeneralHelp());
    return kExitError;
  }
  const std::string name = words.front();
  words.erase(words.begin());
  if (name == "--help" || name == "-h" || name == "help") {
    return Help(words);
  }
  if (name == "--version" || name == "-V") {
    return kVersionCommand.run({});
  }
  const Command* command = FindCommand(name);
  return command == nullptr ? UnknownCommand(name) : command->run(words);
}

}  // namespace
}  // namespace keysift

int main(int argc, char** argv) {
  keysift::InstallFatalHandlers();
  keysift::IgnoreClosedPipes();
  return keysift::Run(std::vector<std::string>(argv + (argc > 0), argv + argc));
}
