// SPDX-License-Identifier: Apache-2.0
#include "cli/push_skip.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>

#include "base/file.h"
#include "base/time.h"
#include "cli/terminal.h"
#include "finding/escape.h"

namespace keysift {
namespace {

constexpr int kMaxOptions = 1000;

// Who pushes, by whichever name the server gives: smart HTTP, GitLab, Gitea,
// gitolite, plain ssh.
std::string Pusher() {
  for (const char* name : {"REMOTE_USER", "GL_USERNAME", "GITEA_PUSHER_NAME",
                           "GL_USER", "USER", "LOGNAME"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') {
      return std::string(name) + "=" + value;
    }
  }
  return "nobody named";
}

}  // namespace

std::optional<std::string> SkipReason() {
  constexpr std::string_view kOption = "keysift.skip=";
  const char* text = std::getenv("GIT_PUSH_OPTION_COUNT");
  const int count = text == nullptr ? 0 : std::atoi(text);
  for (int i = 0; i < count && i < kMaxOptions; ++i) {
    const char* option =
        std::getenv(("GIT_PUSH_OPTION_" + std::to_string(i)).c_str());
    if (option == nullptr) {
      continue;
    }
    const std::string_view word = option;
    if (word == "keysift.skip") {
      return "";
    }
    if (word.starts_with(kOption)) {
      return std::string(word.substr(kOption.size()));
    }
  }
  return std::nullopt;
}

Result<void> LogSkip(const Repository& repository, const HookSettings& settings,
                     const std::string& reason, const std::string& what) {
  const std::string path =
      settings.skip_log.empty()
          ? JoinPath(repository.common_dir(), "keysift-skips.log")
          : settings.skip_log;
  const FileDescriptor file(
      open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
           0640));
  const std::string line =
      FormatRfc3339Utc(std::time(nullptr)) + " " + EscapeForTerminal(Pusher()) +
      ": " + EscapeForTerminal(what) + ": " + EscapeForTerminal(reason) + "\n";
  if (file.get() < 0 || !WriteAll(file.get(), line)) {
    return tl::unexpected(SystemError("write the log of skips", path, errno));
  }
  return {};
}

}  // namespace keysift
