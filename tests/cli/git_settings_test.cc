// SPDX-License-Identifier: Apache-2.0
#include "cli/git_settings.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "cli/hook_settings.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

// HOME and git's files are this folder's while it lives.
class Home {
 public:
  Home() {
    setenv("HOME", folder_.path().c_str(), 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    unsetenv("GIT_CONFIG_GLOBAL");
    unsetenv("XDG_CONFIG_HOME");
  }
  ~Home() { unsetenv("GIT_CONFIG_NOSYSTEM"); }

  void Write(const std::string& text) {
    WriteWhole(folder_.path() + "/.gitconfig", text);
  }
  const std::string& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("the repository's configuration comes over the user's") {
  Home home;
  home.Write("[user]\n\temail = a@b.example\n[keysift]\n\tallowSkip\n");
  GitFixture git;
  git.Git({"config", "keysift.allowSkip", "false"});
  git.Git({"config", "--add", "keysift.allowGaps", "shallow"});
  git.Git({"config", "--add", "keysift.allowGaps", "lfs"});
  const Result<Repository> repository = Repository::OpenExact(git.path());
  REQUIRE(repository);
  const Result<GitSettings> settings = GitSettings::Read(&*repository);
  REQUIRE(settings);
  CHECK(settings->Get("user.email") == "a@b.example");
  CHECK(settings->GetBool("keysift.allowskip") == false);
  CHECK(settings->All("keysift.allowgaps").size() == 2);
  CHECK(!settings->Get("keysift.none"));
  CHECK(GitSettings::Read(nullptr)->GetBool("keysift.allowskip") == true);
}

TEST_CASE("a user's file that does not parse is an error") {
  Home home;
  home.Write("[user\n");
  CHECK(!GitSettings::Read(nullptr));
}

TEST_CASE("~ is the home directory, in front of a slash only") {
  const Home home;
  CHECK(ExpandHome("~/x") == home.path() + "/x");
  CHECK(ExpandHome("a~/x") == "a~/x");
  CHECK(GitSettings::GlobalPath() == home.path() + "/.gitconfig");
}

TEST_CASE("hooks refuse on timeout unless told otherwise, and do not skip") {
  Home home;
  home.Write("");
  const Result<HookSettings> plain =
      ReadHookSettings(*GitSettings::Read(nullptr));
  REQUIRE(plain);
  CHECK(plain->deadline == 4);
  CHECK(!plain->accept_on_timeout);
  CHECK(!plain->allow_skip);
  home.Write(
      "[keysift]\n\tdeadline = 500ms\n\tonTimeout = accept\n"
      "\tallowGaps = shallow\n\tminConfidence = certain\n");
  const Result<HookSettings> set =
      ReadHookSettings(*GitSettings::Read(nullptr));
  REQUIRE(set);
  CHECK(set->deadline == 0.5);
  CHECK(set->accept_on_timeout);
  CHECK(set->allowed_gaps.size() == 1);
  CHECK(set->scan.min_confidence == Confidence::kCertain);
}

TEST_CASE("a setting that makes no sense is named") {
  Home home;
  for (const char* line : {"deadline = soon", "onTimeout = maybe",
                           "allowGaps = holes", "minConfidence = high"}) {
    home.Write(std::string("[keysift]\n\t") + line + "\n");
    const Result<HookSettings> settings =
        ReadHookSettings(*GitSettings::Read(nullptr));
    REQUIRE(!settings);
    CHECK(settings.error().message.starts_with("keysift."));
  }
}

}  // namespace keysift
