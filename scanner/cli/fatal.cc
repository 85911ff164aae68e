// SPDX-License-Identifier: Apache-2.0
#include "cli/fatal.h"

#include <unistd.h>

#include <exception>
#include <new>
#include <string_view>

namespace keysift {
namespace {

// Allocates nothing: one of its callers has no memory left.
[[noreturn]] void End(std::string_view message) {
  if (write(STDERR_FILENO, message.data(), message.size()) < 0) {
    _exit(kExitError);
  }
  _exit(kExitError);
}

[[noreturn]] void OutOfMemory() {
  End("keysift: out of memory; the scan is not complete. Use fewer --threads "
      "or a smaller --memory-budget.\n");
}

[[noreturn]] void Unexpected() {
  End("keysift: internal error; the scan is not complete. Please report it "
      "with the command that you ran.\n");
}

}  // namespace

void InstallFatalHandlers() {
  std::set_new_handler(OutOfMemory);
  std::set_terminate(Unexpected);
}

}  // namespace keysift
