// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "git/repository.h"

namespace keysift {

// The repository that git itself would work on in folder `path` ("" is the
// current one), with what GIT_DIR, GIT_INDEX_FILE and their like say. A path
// that leads to another repository than the environment means that one, and
// then the environment says nothing of it: a hook may look at a submodule.
// Fails as Repository::FromEnvironment.
Result<Repository> OpenAsGit(const std::string& path);

}  // namespace keysift
