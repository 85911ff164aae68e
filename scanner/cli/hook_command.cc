// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "cli/command.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/hook_install.h"
#include "cli/hook_run.h"
#include "cli/nearest.h"
#include "cli/terminal.h"
#include "finding/escape.h"

namespace keysift {
namespace {

struct Choice {
  bool pre_commit = false;
  bool pre_push = false;
  bool pre_receive = false;
  bool global = false;
};

std::vector<Flag> HookFlags(Choice* choice) {
  const char* group = "Which hooks (install, uninstall)";
  return {
      {"--pre-commit", "", group,
       "before each commit and merge: what is staged (default)",
       SetTrue(&choice->pre_commit)},
      {"--pre-push", "", group, "before each push: what the remote has not",
       SetTrue(&choice->pre_push)},
      {"--pre-receive", "", group,
       "on the server: what is pushed (default in a bare repository)",
       SetTrue(&choice->pre_receive)},
      {"--global", "", group,
       "for repositories made from now on, by a template directory",
       SetTrue(&choice->global)},
  };
}

// git runs pre-merge-commit instead of pre-commit for merges.
std::vector<std::string> Chosen(Choice choice, bool bare, bool all) {
  if (!choice.pre_commit && !choice.pre_push && !choice.pre_receive) {
    choice.pre_commit = all || !bare;
    choice.pre_push = all;
    choice.pre_receive = all || bare;
  }
  std::vector<std::string> names;
  if (choice.pre_commit) {
    names = {"pre-commit", "pre-merge-commit"};
  }
  if (choice.pre_push) {
    names.push_back("pre-push");
  }
  if (choice.pre_receive) {
    names.push_back("pre-receive");
  }
  return names;
}

int Refuse(const Error& error) {
  Say(error.ToString());
  return kExitError;
}

int Change(bool install, const Choice& choice) {
  Result<Repository> repository =
      Repository::FromEnvironment(GitEnvironment::FromProcess(), "");
  if (!repository && !choice.global) {
    return Refuse(repository.error());
  }
  const Result<GitSettings> settings =
      GitSettings::Read(choice.global ? nullptr : &*repository);
  if (!settings) {
    return Refuse(settings.error());
  }
  const Result<std::string> folder = choice.global
                                         ? TemplateHooksFolder(*settings)
                                         : HooksFolder(*repository, *settings);
  const Result<std::string> program = RealPath("/proc/self/exe");
  if (!folder || !program) {
    return Refuse((folder ? program : folder).error());
  }
  const bool bare = !choice.global && repository->is_bare();
  for (const std::string& name : Chosen(choice, bare, !install)) {
    const Result<std::string> done = install
                                         ? InstallHook(*folder, name, *program)
                                         : UninstallHook(*folder, name);
    if (!done) {
      return Refuse(done.error());
    }
    WriteAll(STDOUT_FILENO, EscapeForTerminal(*done) + "\n");
  }
  return 0;
}

int RunOne(const std::vector<std::string>& words) {
  const std::vector<std::string>& names = HookNames();
  if (words.size() < 2 ||
      std::find(names.begin(), names.end(), words[1]) == names.end()) {
    const std::string nearest =
        words.size() < 2 ? "" : Nearest(words[1], names);
    std::string all;
    for (const std::string& name : names) {
      all += (all.empty() ? "" : ", ") + name;
    }
    Say("hook run takes one of " + all +
        (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
    return kExitError;
  }
  return RunHook(words[1], {words.begin() + 2, words.end()});
}

int RunHookCommand(const std::vector<std::string>& words) {
  // What follows `hook run NAME` is git's and holds no flags of ours.
  if (!words.empty() && words[0] == "run") {
    return RunOne(words);
  }
  Choice choice;
  const Result<ParsedWords> parsed = ParseFlags(HookFlags(&choice), words);
  if (!parsed) {
    return Refuse(parsed.error());
  }
  if (parsed->help) {
    return WriteAll(STDOUT_FILENO, CommandHelp(kHookCommand)) ? 0 : kExitError;
  }
  const std::vector<std::string>& said = parsed->positionals;
  if (said.size() != 1 || (said[0] != "install" && said[0] != "uninstall")) {
    Say("hook takes install, uninstall or run; see keysift hook --help");
    return kExitError;
  }
  return Change(said[0] == "install", choice);
}

std::vector<Flag> ListFlags() {
  static Choice choice;
  return HookFlags(&choice);
}

}  // namespace

const Command kHookCommand = {
    "hook",
    "install | uninstall [OPTIONS], or run NAME ARGS...",
    "install git hooks that refuse secrets, or be one",
    "  keysift hook install                # before each commit\n"
    "  keysift hook install --pre-push     # before each push\n"
    "  keysift hook install --pre-receive  # on the server\n"
    "  keysift hook uninstall              # puts back what was there\n",
    ListFlags,
    RunHookCommand,
};

}  // namespace keysift
