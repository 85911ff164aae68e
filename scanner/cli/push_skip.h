// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "cli/hook_settings.h"
#include "git/repository.h"

namespace keysift {

// The reason in a push's option keysift.skip=REASON, from GIT_PUSH_OPTION_*;
// nullopt if there is none.
std::optional<std::string> SkipReason();

// Writes a skip to the log: when, who (REMOTE_USER and what servers set
// besides), what. Fails if that cannot be written: then the push must not pass.
Result<void> LogSkip(const Repository& repository, const HookSettings& settings,
                     const std::string& reason, const std::string& what);

}  // namespace keysift
