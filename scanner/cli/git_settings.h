// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/config_file.h"
#include "git/repository.h"

namespace keysift {

// What git's configuration says: the system's, the user's, the repository's
// own, the later over the earlier. Files that they include are not read. A
// value; read it before any thread starts (it looks at HOME and the like).
class GitSettings {
 public:
  // `repository` may be null. Fails on a file that does not parse.
  static Result<GitSettings> Read(const Repository* repository);

  std::optional<std::string> Get(const std::string& key) const;
  std::optional<bool> GetBool(const std::string& key) const;
  // Every value of a key, in order.
  std::vector<std::string> All(const std::string& key) const;

  // The user's own file, where `git config --global` writes; "" without HOME.
  static std::string GlobalPath();

 private:
  std::vector<ConfigFile> files_;
};

// "~/x" in the home directory; anything else as it is.
std::string ExpandHome(const std::string& path);

}  // namespace keysift
