// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "finding/finding.h"

namespace keysift {

// A location in words for people, escaped, on one line: "src/a.py:12:9 in
// commit 1f2e…", "message of commit 1f2e…, line 3", "a.zip, member x/y, line
// 2", "standard input:4:1".
std::string PlaceText(const Location& location);

// The same without commit, and as short as can be: "src/a.py:12:9".
std::string ShortPlaceText(const Location& location);

// Where a report that can name only one place should point: the first place
// that is on disk or in the index now, else the first of all. `finding` has at
// least one location.
const Location& MainLocation(const Finding& finding);

// The repositories that hold it, raw, in reports of a store; else none.
std::vector<std::string> RepositoryNames(const Finding& finding);

}  // namespace keysift
