// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keysift {

// Whether toml++ 3.3 may be given a text: where it looks for blanks, what it
// does with U+00A1 to U+0499 is undefined. It does so outside of strings and
// comments, where TOML 1.0 has only ASCII; after a backslash in a string, where
// no escape has other characters either; and where a line goes on after a
// backslash at its end, which is valid and rare. Fails with kUsage and the
// place; what else is wrong with the text is left to the parser.
Result<void> CheckTomlText(std::string_view text, const std::string& file);

}  // namespace keysift
