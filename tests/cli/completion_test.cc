// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "cli/command.h"
#include "tests/support/temporary_folder.h"

namespace keysift {
namespace {

TEST_CASE("every flag of every command is in each shell's script") {
  for (const Command& command : Commands()) {
    for (const Flag& flag : command.flags()) {
      CAPTURE(flag.LongName());
      CHECK(BashCompletion().find(flag.LongName()) != std::string::npos);
      CHECK(FishCompletion().find(" -l " + flag.LongName().substr(2)) !=
            std::string::npos);
    }
  }
  CHECK(ZshCompletion().starts_with("#compdef keysift\n"));
}

TEST_CASE("bash reads its script and completes") {
  const TemporaryFolder folder;
  const std::string script = folder.Write(
      "complete.bash", BashCompletion() +
                           "COMP_WORDS=(keysift scan --sta)\nCOMP_CWORD=2\n"
                           "_keysift\n[ \"${COMPREPLY[*]}\" = --staged ]\n");
  CHECK(std::system(("bash " + script).c_str()) == 0);
}

}  // namespace
}  // namespace keysift
