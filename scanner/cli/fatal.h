// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace keysift {

// Exit code for usage, configuration, rule and output errors.
inline constexpr int kExitError = 2;

// Makes running out of memory and unexpected ends say so and exit with 2: never
// with "clean", and never with an exception's text, which could hold a secret.
void InstallFatalHandlers();

}  // namespace keysift
