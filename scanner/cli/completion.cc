// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.h"

#include <sstream>

#include "cli/command.h"

namespace keysift {
namespace {

std::string Words(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

std::vector<std::string> CommandNames() {
  std::vector<std::string> names;
  for (const Command& command : Commands()) {
    names.push_back(command.name);
  }
  return names;
}

std::vector<std::string> LongNames(const Command& command) {
  std::vector<std::string> names = {"--help"};
  for (const Flag& flag : command.flags()) {
    names.push_back(flag.LongName());
  }
  return names;
}

// Single-quoted for fish: backslash and quote are escaped.
std::string FishQuoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') {
      quoted += '\\';
    }
    quoted += c;
  }
  return quoted + "'";
}

void AppendBashChoices(const Command& command, std::ostringstream* out) {
  for (const Flag& flag : command.flags()) {
    if (flag.choices.empty()) {
      continue;
    }
    const size_t comma = flag.names.find(',');
    *out << "    " << command.name << ":" << flag.LongName();
    if (comma != std::string::npos) {
      *out << "|" << command.name << ":" << flag.names.substr(0, comma);
    }
    *out << ") words='" << Words(flag.choices) << "' ;;\n";
  }
}

}  // namespace

std::string BashCompletion() {
  std::ostringstream out;
  out << "# keysift completion for bash, made by `keysift completion bash`\n"
         "_keysift() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} words=\n"
         "  local before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "    words='"
      << Words(CommandNames())
      << "'\n"
         "  else case \"${COMP_WORDS[1]}:$before\" in\n";
  for (const Command& command : Commands()) {
    AppendBashChoices(command, &out);
  }
  out << "    *) case \"${COMP_WORDS[1]}:$current\" in\n";
  for (const Command& command : Commands()) {
    out << "      " << command.name << ":-*) words='"
        << Words(LongNames(command)) << "' ;;\n";
  }
  out << "    esac ;;\n"
         "  esac; fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _keysift keysift\n";
  return out.str();
}

std::string ZshCompletion() {
  // zsh runs bash's script: one list of words to keep right, not two.
  return "#compdef keysift\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         BashCompletion();
}

std::string FishCompletion() {
  std::ostringstream out;
  out << "# keysift completion for fish, made by `keysift completion fish`\n";
  for (const Command& command : Commands()) {
    out << "complete -c keysift -n __fish_use_subcommand -f -a " << command.name
        << " -d " << FishQuoted(command.about) << "\n";
    for (const Flag& flag : command.flags()) {
      out << "complete -c keysift -n '__fish_seen_subcommand_from "
          << command.name << "' -l " << flag.LongName().substr(2);
      if (flag.names.find(',') != std::string::npos) {
        out << " -s " << flag.names[1];
      }
      if (!flag.value.empty()) {
        out << (flag.choices.empty() ? " -r" : " -x -a ")
            << (flag.choices.empty() ? "" : FishQuoted(Words(flag.choices)));
      }
      out << " -d " << FishQuoted(flag.about) << "\n";
    }
  }
  return out.str();
}

}  // namespace keysift
