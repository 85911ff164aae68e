// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace keysift {

// From now on the first SIGINT, SIGTERM or SIGHUP sets `*cancelled` and lets
// the scan write what it has; the second ends the process at once. SIGPIPE is
// ignored. `cancelled` must live until the process ends. Call once.
void HandleInterrupts(std::atomic<bool>* cancelled);

// Ignores SIGPIPE only: a closed pipe is no error.
void IgnoreClosedPipes();

}  // namespace keysift
