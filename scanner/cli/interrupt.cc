// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <unistd.h>

#include <csignal>

namespace keysift {
namespace {

std::atomic<std::atomic<bool>*> the_flag = nullptr;
static_assert(std::atomic<bool>::is_always_lock_free);

// Runs in a signal handler: lock-free atomics, write and _exit only.
void OnSignal(int signal) {
  std::atomic<bool>* flag = the_flag.load();
  if (flag != nullptr && !flag->exchange(true)) {
    constexpr char kMessage[] =
        "\nkeysift: stopping; the report will be marked incomplete. Interrupt "
        "again to end at once.\n";
    if (write(STDERR_FILENO, kMessage, sizeof kMessage - 1) < 0) {
      return;
    }
    return;
  }
  _exit(128 + signal);
}

}  // namespace

void HandleInterrupts(std::atomic<bool>* cancelled) {
  the_flag.store(cancelled);
  struct sigaction action {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) {  // nohup, and shells' background jobs
      sigaction(signal, &action, nullptr);
    }
  }
  IgnoreClosedPipes();
}

void IgnoreClosedPipes() { std::signal(SIGPIPE, SIG_IGN); }

}  // namespace keysift
