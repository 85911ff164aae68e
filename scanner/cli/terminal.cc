// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "finding/escape.h"

namespace keysift {
namespace {

bool IsSet(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool IsForced(const char* name) {
  return IsSet(name) && std::string_view(std::getenv(name)) != "0";
}

}  // namespace

bool ParseWhen(const std::string& word, When* when) {
  if (word == "auto") {
    *when = When::kAuto;
  } else if (word == "always") {
    *when = When::kAlways;
  } else if (word == "never") {
    *when = When::kNever;
  } else {
    return false;
  }
  return true;
}

bool UseColor(When when, int descriptor) {
  if (when != When::kAuto) {
    return when == When::kAlways;
  }
  if (IsSet("NO_COLOR")) {
    return false;
  }
  if (IsForced("CLICOLOR_FORCE") || IsForced("FORCE_COLOR")) {
    return true;
  }
  const char* term = std::getenv("TERM");
  if (term == nullptr || std::string_view(term) == "dumb") {
    return false;
  }
  return IsTerminal(descriptor);
}

bool IsTerminal(int descriptor) { return isatty(descriptor) == 1; }

size_t TerminalWidth(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return size.ws_col;
  }
  return 80;
}

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      return true;
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

void Say(std::string_view text) {
  WriteAll(STDERR_FILENO, "keysift: " + EscapeForTerminal(text) + "\n");
}

}  // namespace keysift
