// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keysift {

// A path in git's C-style quotes ("a\tb\303\244"): unquotes the one at the
// start of `text` and cuts it off, or nullopt if the quotes do not close or an
// escape is unknown.
std::optional<std::string> TakeQuotedPath(std::string_view* text);

// A list of paths with a separator between them, each plain or quoted, as
// GIT_ALTERNATE_OBJECT_DIRECTORIES (':') and info/alternates ('\n') hold it. A
// path whose quotes are broken counts as plain; empty ones are left out, and
// so is what starts with '#', as git has it.
std::vector<std::string> SplitPathList(std::string_view text, char separator);

}  // namespace keysift
