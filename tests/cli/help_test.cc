// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

namespace keysift {
namespace {

TEST_CASE("the README holds the table of scan's options as they are") {
  std::ostringstream readme;
  readme << std::ifstream(KEYSIFT_README).rdbuf();
  const std::string table = FlagTable(kScanCommand.flags());
  INFO("README.md should hold:\n" << table);
  CHECK(readme.str().find(table) != std::string::npos);
}

TEST_CASE("every command and flag says what it does") {
  for (const Command& command : Commands()) {
    CHECK(*command.about != '\0');
    CHECK(GeneralHelp().find(command.name) != std::string::npos);
    for (const Flag& flag : command.flags()) {
      CHECK(!flag.about.empty());
      CHECK(!flag.group.empty());
      CHECK(CommandHelp(command).find(flag.LongName()) != std::string::npos);
    }
  }
}

TEST_CASE("a pipe in a value does not end the table's cell") {
  const Flag flag{"--only", "ID|TAG", "", "one|two", nullptr};
  CHECK(FlagTable({flag}).find("| `--only ID\\|TAG` | one\\|two |") !=
        std::string::npos);
}

}  // namespace
}  // namespace keysift
