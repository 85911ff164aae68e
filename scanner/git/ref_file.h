// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/object_id.h"

namespace keysift {

// The text of a ref's file. The oldest symbolic refs are symbolic links to the
// ref that they name and read as "ref: <name>"; for HEAD that is looked at
// first, elsewhere only if the link leads nowhere, to save a call per ref. A
// folder is kNotFound: one may be left where a packed ref's file once was.
Result<std::string> ReadRefFile(const std::string& path, bool is_head);

// The name in "ref: refs/heads/main"; empty if the text is none such.
std::string_view SymbolicTarget(std::string_view text);

// The id at the start of a line, if nothing or a space follows it.
std::optional<ObjectId> LeadingId(std::string_view line);

// Whether a ref's name stays inside of the git directory when it is taken for
// a path.
bool IsSafeRefName(std::string_view name);

// Without the blanks and line ends around it.
std::string_view TrimSpaces(std::string_view text);

}  // namespace keysift
