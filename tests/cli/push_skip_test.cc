// SPDX-License-Identifier: Apache-2.0
#include "cli/push_skip.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "support/git_fixture.h"

namespace keysift {

TEST_CASE("the reason comes from git's numbered push options") {
  unsetenv("GIT_PUSH_OPTION_COUNT");
  CHECK(!SkipReason());
  setenv("GIT_PUSH_OPTION_COUNT", "2", 1);
  setenv("GIT_PUSH_OPTION_0", "ci.skip", 1);
  setenv("GIT_PUSH_OPTION_1", "keysift.skip=it is urgent", 1);
  CHECK(SkipReason() == "it is urgent");
  setenv("GIT_PUSH_OPTION_1", "keysift.skip", 1);
  CHECK(SkipReason() == "");
  setenv("GIT_PUSH_OPTION_COUNT", "1", 1);
  CHECK(!SkipReason());
  unsetenv("GIT_PUSH_OPTION_COUNT");
}

TEST_CASE("a skip is one line of the log, whatever the reason holds") {
  const GitFixture git;
  const Result<Repository> repository = Repository::OpenExact(git.path());
  REQUIRE(repository);
  setenv("REMOTE_USER", "some\x1b[2Jone", 1);
  REQUIRE(LogSkip(*repository, HookSettings(), "why\nnot", "push to x"));
  REQUIRE(LogSkip(*repository, HookSettings(), "again", "push to y"));
  const std::string log = ReadWhole(git.git_dir() + "/keysift-skips.log");
  CHECK(SplitLines(log).size() == 2);
  CHECK(log.find('\x1b') == std::string::npos);
  CHECK(log.find("push to x: why\\nnot") != std::string::npos);
  HookSettings settings;
  settings.skip_log = git.path() + "/none/log";
  CHECK(!LogSkip(*repository, settings, "why", "push"));
  unsetenv("REMOTE_USER");
}

}  // namespace keysift
