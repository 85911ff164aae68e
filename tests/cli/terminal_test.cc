// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>

namespace keysift {
namespace {

TEST_CASE("colour: the option, then the environment, then the terminal") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  for (const char* name : {"NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR"}) {
    unsetenv(name);
  }
  CHECK(UseColor(When::kAlways, ends[1]));
  CHECK_FALSE(UseColor(When::kAuto, ends[1]));  // no terminal
  setenv("FORCE_COLOR", "0", 1);
  CHECK_FALSE(UseColor(When::kAuto, ends[1]));
  setenv("FORCE_COLOR", "1", 1);
  CHECK(UseColor(When::kAuto, ends[1]));
  CHECK_FALSE(UseColor(When::kNever, ends[1]));
  setenv("NO_COLOR", "1", 1);
  CHECK_FALSE(UseColor(When::kAuto, ends[1]));
  CHECK(UseColor(When::kAlways, ends[1]));
  unsetenv("NO_COLOR");
  unsetenv("FORCE_COLOR");
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("what is no terminal is 80 columns wide") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  CHECK_FALSE(IsTerminal(ends[1]));
  CHECK(TerminalWidth(ends[1]) == 80);
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("the words of --color and --progress") {
  When when = When::kAuto;
  CHECK(ParseWhen("never", &when));
  CHECK(when == When::kNever);
  CHECK_FALSE(ParseWhen("yes", &when));
}

}  // namespace
}  // namespace keysift
