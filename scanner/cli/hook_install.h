// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/git_settings.h"
#include "git/repository.h"

namespace keysift {

// Where git looks for hooks of this repository: core.hooksPath, else hooks/ of
// the directory that all work trees share.
std::string HooksFolder(const Repository& repository,
                        const GitSettings& settings);

// Writes hook `name` into `folder`, which is made. A hook that is there is kept
// beside it and called first, with the same words and input; its refusal is
// final. One of ours is written anew. `program` is the path of keysift. Returns
// a sentence on what was done; fails with kIo, or kUsage if a kept hook of an
// earlier time is in the way.
Result<std::string> InstallHook(const std::string& folder,
                                const std::string& name,
                                const std::string& program);

// Takes our hook out and puts back what was kept. A hook that is not ours is
// left alone.
Result<std::string> UninstallHook(const std::string& folder,
                                  const std::string& name);

// The folder of hooks in the user's template directory, which git copies into
// each repository that it makes: init.templateDir, else one of our own, which
// is made and written into the user's git configuration.
Result<std::string> TemplateHooksFolder(const GitSettings& settings);

}  // namespace keysift
