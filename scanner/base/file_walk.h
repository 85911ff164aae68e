// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace keysift {

// Calls `visit` with the path of every file below `folder`, relative to it
// ("a/b"), folders in byte order of their names; links are followed, at most
// `max_depth` folders deep. What is neither file nor folder (a dangling link
// too) counts as a file. A folder that cannot be listed becomes a problem,
// except that a missing `folder` has no files.
void WalkFiles(const std::string& folder, int max_depth,
               const std::function<void(const std::string&)>& visit,
               std::vector<Error>* problems);

}  // namespace keysift
