// SPDX-License-Identifier: Apache-2.0
#include "base/file_walk.h"

#include "base/file.h"

namespace keysift {
namespace {

void Walk(const std::string& folder, const std::string& prefix, int depth_left,
          const std::function<void(const std::string&)>& visit,
          std::vector<Error>* problems) {
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(folder);
  if (!entries) {
    bool is_missing_root =
        prefix.empty() && entries.error().kind == ErrorKind::kNotFound;
    if (!is_missing_root) {
      problems->push_back(entries.error());
    }
    return;
  }
  for (const DirectoryEntry& entry : *entries) {
    std::string name = prefix + entry.name;
    if (entry.type != FileType::kDirectory) {
      visit(name);
    } else if (depth_left > 0) {
      Walk(JoinPath(folder, entry.name), name + "/", depth_left - 1, visit,
           problems);
    } else {
      problems->push_back(Error{ErrorKind::kTooLarge, "folders nested too deep",
                                JoinPath(folder, entry.name)});
    }
  }
}

}  // namespace

void WalkFiles(const std::string& folder, int max_depth,
               const std::function<void(const std::string&)>& visit,
               std::vector<Error>* problems) {
  Walk(folder, "", max_depth, visit, problems);
}

}  // namespace keysift
