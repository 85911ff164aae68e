// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <algorithm>
#include <string_view>

namespace keysift {
namespace {

constexpr size_t kColumn = 30;  // where descriptions begin
constexpr size_t kWidth = 79;

// "-f, --format FORMAT"
std::string Spelling(const Flag& flag) {
  std::string names = flag.names;
  const size_t comma = names.find(',');
  if (comma != std::string::npos) {
    names.insert(comma + 1, 1, ' ');
  }
  return flag.value.empty() ? names : names + " " + flag.value;
}

// Two columns, the right one wrapped.
void AppendEntry(const std::string& left, const std::string& right,
                 std::string* out) {
  std::string line = "  " + left;
  if (line.size() + 2 > kColumn) {
    *out += line + "\n";
    line.clear();
  }
  line.resize(kColumn, ' ');
  size_t begin = 0;
  while (begin < right.size()) {
    size_t end = std::min(right.size(), begin + (kWidth - kColumn));
    if (end < right.size()) {
      const size_t space = right.rfind(' ', end);
      end = space == std::string::npos || space <= begin ? end : space;
    }
    *out += line + right.substr(begin, end - begin) + "\n";
    line.assign(kColumn, ' ');
    begin = end + (end < right.size() && right[end] == ' ' ? 1 : 0);
  }
}

constexpr std::string_view kExitCodes =
    "Exit codes:\n"
    "  0  clean and complete\n"
    "  1  findings\n"
    "  2  usage, configuration, rule or output error\n"
    "  3  no findings, but something could not be scanned\n";

std::string EscapePipes(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    escaped += c == '|' ? "\\|" : std::string(1, c);
  }
  return escaped;
}

}  // namespace

std::string GeneralHelp() {
  std::string out =
      "keysift finds secrets in git repositories and files. It works offline: "
      "no\nsecret, and nothing else, ever leaves the machine.\n\n"
      "Usage: keysift COMMAND [OPTIONS]\n\n"
      "Start here:\n"
      "  keysift scan                 # the repository that you are in\n"
      "  keysift scan --staged        # only what you are about to commit\n"
      "  keysift scan -f json -o report.json PATH\n\n"
      "Commands:\n";
  for (const Command& command : Commands()) {
    AppendEntry(command.name, command.about, &out);
  }
  out += "\n" + std::string(kExitCodes) +
         "\n`keysift COMMAND --help` shows examples and all options of one.\n";
  return out;
}

std::string CommandHelp(const Command& command) {
  std::string out = std::string(command.about) + ".\n\nUsage: keysift " +
                    command.name + " " + command.synopsis + "\n";
  if (*command.examples != '\0') {
    out += "\nExamples:\n" + std::string(command.examples);
  }
  std::string group;
  for (const Flag& flag : command.flags()) {
    if (flag.group != group) {
      group = flag.group;
      out += "\n" + group + ":\n";
    }
    AppendEntry(Spelling(flag), flag.about, &out);
  }
  if (std::string_view(command.name) == "scan") {
    out += "\n" + std::string(kExitCodes);
  }
  return out;
}

std::string FlagTable(const std::vector<Flag>& flags) {
  std::string out = "| option | what it does |\n|---|---|\n";
  for (const Flag& flag : flags) {
    out += "| `" + EscapePipes(Spelling(flag)) + "` | " +
           EscapePipes(flag.about) + " |\n";
  }
  return out;
}

}  // namespace keysift
