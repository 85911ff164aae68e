// SPDX-License-Identifier: Apache-2.0
#include "scan/open_as_git.h"

#include <utility>

namespace keysift {

Result<Repository> OpenAsGit(const std::string& path) {
  const GitEnvironment environment = GitEnvironment::FromProcess();
  Result<Repository> here = Repository::FromEnvironment(environment, "");
  if (path.empty()) {
    return here;
  }
  Result<Repository> there = Repository::OpenExact(path);
  if (!there && there.error().kind == ErrorKind::kNotFound) {
    there = Repository::Discover(path);
  }
  const bool same = here && there && here->git_dir() == there->git_dir();
  return same ? std::move(here) : std::move(there);
}

}  // namespace keysift
