// SPDX-License-Identifier: Apache-2.0
#include "cli/hook_install.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "base/file.h"
#include "cli/write_file.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxHook = 1 << 20;
constexpr std::string_view kMark = "# keysift hook: ";
constexpr const char* kKeptEnd = ".before-keysift";

// A word for the shell.
std::string Quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) {
    text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return text + "'";
}

bool ReadsInput(const std::string& name) {
  return name == "pre-push" || name == "pre-receive";
}

// The hook itself. It refuses where keysift has gone away: a hook that checks
// nothing is worse than none.
std::string Script(const std::string& name, const std::string& program) {
  const std::string kept = name + kKeptEnd;
  std::string text = "#!/bin/sh\n" + std::string(kMark) + name +
                     "\n"
                     "# Written by `keysift hook install`; `keysift hook "
                     "uninstall` takes it out.\n"
                     "keysift=" +
                     Quoted(program) +
                     "\n"
                     "[ -x \"$keysift\" ] || keysift=$(command -v keysift) || "
                     "{\n"
                     "  echo 'keysift: the program of this hook is gone; "
                     "install it, or delete the hook' >&2\n"
                     "  exit 2\n"
                     "}\n"
                     "kept=$(dirname \"$0\")/" +
                     kept + "\n";
  if (ReadsInput(name)) {
    text +=
        "input=$(cat)\n"
        "if [ -x \"$kept\" ]; then\n"
        "  printf '%s\\n' \"$input\" | \"$kept\" \"$@\" || exit\n"
        "fi\n"
        "printf '%s\\n' \"$input\" | \"$keysift\" hook run " +
        name + " \"$@\"\n";
  } else {
    text +=
        "if [ -x \"$kept\" ]; then\n"
        "  \"$kept\" \"$@\" || exit\n"
        "fi\n"
        "exec \"$keysift\" hook run " +
        name + " \"$@\"\n";
  }
  return text;
}

enum class Present { kNone, kOurs, kOther };

Present WhatIsThere(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) {
    return Present::kNone;
  }
  const Result<std::string> text = ReadFile(path, kMaxHook);
  return text && text->find(kMark) != std::string::npos ? Present::kOurs
                                                        : Present::kOther;
}

Result<void> Rename(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) {
    return tl::unexpected(SystemError("rename", from, errno));
  }
  return {};
}

}  // namespace

std::string HooksFolder(const Repository& repository,
                        const GitSettings& settings) {
  const std::optional<std::string> path = settings.Get("core.hookspath");
  if (path && !path->empty()) {
    // Relative to where hooks run (git-config, core.hooksPath).
    return JoinPath(
        repository.is_bare() ? repository.git_dir() : repository.work_tree(),
        ExpandHome(*path));
  }
  return JoinPath(repository.common_dir(), "hooks");
}

Result<std::string> InstallHook(const std::string& folder,
                                const std::string& name,
                                const std::string& program) {
  constexpr unsigned kMode = 0755;
  Result<void> done = MakeFolder(folder);
  const std::string path = JoinPath(folder, name);
  const std::string kept = path + kKeptEnd;
  const Present present = WhatIsThere(path);
  std::string also;
  if (done && present == Present::kOther) {
    if (WhatIsThere(kept) != Present::kNone) {
      return Fail(ErrorKind::kUsage,
                  "another hook was kept there before; move it away first",
                  kept);
    }
    done = Rename(path, kept);
    also = "; the hook that was there is kept as " + name + kKeptEnd +
           " and runs first";
  }
  if (done) {
    done = WriteFile(path, Script(name, program), kMode);
  }
  if (!done) {
    return tl::unexpected(done.error());
  }
  return (present == Present::kOurs ? "renewed " : "installed ") + path + also;
}

Result<std::string> UninstallHook(const std::string& folder,
                                  const std::string& name) {
  const std::string path = JoinPath(folder, name);
  const std::string kept = path + kKeptEnd;
  if (WhatIsThere(path) != Present::kOurs) {
    return "no hook of keysift at " + path;
  }
  if (WhatIsThere(kept) != Present::kNone) {
    const Result<void> back = Rename(kept, path);
    if (!back) {
      return tl::unexpected(back.error());
    }
    return "put back the hook that was at " + path + " before";
  }
  if (unlink(path.c_str()) != 0) {
    return tl::unexpected(SystemError("delete", path, errno));
  }
  return "deleted " + path;
}

Result<std::string> TemplateHooksFolder(const GitSettings& settings) {
  const std::optional<std::string> named = settings.Get("init.templatedir");
  if (named && !named->empty()) {
    return JoinPath(ExpandHome(*named), "hooks");
  }
  const std::string global = GitSettings::GlobalPath();
  const char* xdg = std::getenv("XDG_CONFIG_HOME");
  const std::string folder = xdg != nullptr && *xdg != '\0'
                                 ? JoinPath(xdg, "keysift/git-template")
                                 : ExpandHome("~/.config/keysift/git-template");
  if (global.empty() || folder.starts_with("~")) {
    return Fail(ErrorKind::kUsage, "--global needs HOME to be set");
  }
  std::string text;
  if (TypeOfPath(global) != FileType::kNone) {
    const Result<std::string> before = ReadFile(global, ConfigFile::kMaxSize);
    if (!before) {
      return before;
    }
    text = *before;
  }
  if (!text.empty() && !text.ends_with('\n')) {
    text += '\n';
  }
  std::string value;
  for (const char c : folder) {
    value += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  text += "[init]\n\ttemplateDir = \"" + value + "\"\n";
  struct stat status {};
  const unsigned mode =
      stat(global.c_str(), &status) == 0 ? status.st_mode & 0777 : 0644;
  // A dotfile that is a link stays one.
  const Result<void> written =
      WriteFile(RealPath(global).value_or(global), text, mode);
  if (!written) {
    return tl::unexpected(written.error());
  }
  return JoinPath(folder, "hooks");
}

}  // namespace keysift
