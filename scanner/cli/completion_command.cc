// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/command.h"
#include "cli/completion.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/terminal.h"

namespace keysift {
namespace {

std::vector<Flag> NoFlags() { return {}; }

int RunCompletion(const std::vector<std::string>& words) {
  Result<ParsedWords> parsed = ParseFlags({}, words);
  if (!parsed) {
    Say(parsed.error().ToString());
    return kExitError;
  }
  std::string text;
  if (parsed->help) {
    text = CommandHelp(kCompletionCommand);
  } else if (parsed->positionals == std::vector<std::string>{"bash"}) {
    text = BashCompletion();
  } else if (parsed->positionals == std::vector<std::string>{"zsh"}) {
    text = ZshCompletion();
  } else if (parsed->positionals == std::vector<std::string>{"fish"}) {
    text = FishCompletion();
  } else {
    Say("completion takes one shell: bash, zsh or fish");
    return kExitError;
  }
  return WriteAll(STDOUT_FILENO, text) ? 0 : kExitError;
}

}  // namespace

const Command kCompletionCommand = {
    "completion",
    "bash|zsh|fish",
    "print a shell's completion script",
    "  source <(keysift completion bash)          # this shell\n"
    "  keysift completion fish > ~/.config/fish/completions/keysift.fish\n",
    NoFlags,
    RunCompletion,
};

}  // namespace keysift
