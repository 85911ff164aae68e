// SPDX-License-Identifier: Apache-2.0
#include "cli/bulk_targets.h"

#include <fstream>
#include <iostream>
#include <map>
#include <optional>

#include "base/file.h"
#include "scan/bulk_state.h"

namespace keysift {
namespace {

std::string WithoutSlashes(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.pop_back();
  }
  return path;
}

// Repositories by name. Two of one name are a mistake that must be told: only
// one of them could be in the store.
class TargetList {
 public:
  void Add(const std::string& name, const std::string& path) {
    const auto [known, added] = paths_.emplace(name, path);
    if (!added && !clash_ && !IsSamePath(known->second, path)) {
      clash_ =
          Error{ErrorKind::kUsage,
                "two repositories have this name: " + known->second + " and " +
                    path + "; take a --root above both, or a list of NAME=PATH",
                name};
    }
  }

  // Named by its path.
  void AddPath(const std::string& path) {
    Add(WithoutSlashes(path), WithoutSlashes(path));
  }

  // As it stands in a list. What is there as a whole is a path, whatever its
  // name.
  void AddLine(std::string line) {
    if (line.ends_with('\r')) {
      line.pop_back();
    }
    if (line.empty() || line[0] == '#') {
      return;
    }
    const size_t equals = line.find('=');
    const bool is_path = equals == std::string::npos || equals == 0 ||
                         TypeOfPath(line) != FileType::kNone;
    const std::string name =
        WithoutSlashes(is_path ? line : line.substr(0, equals));
    Add(name, is_path ? name : WithoutSlashes(line.substr(equals + 1)));
  }

  Result<std::vector<BulkTarget>> Finish() const {
    if (clash_) {
      return tl::unexpected(*clash_);
    }
    std::vector<BulkTarget> targets;
    for (const auto& [name, path] : paths_) {
      targets.push_back({name, path});
    }
    return targets;
  }

 private:
  static bool IsSamePath(const std::string& a, const std::string& b) {
    const Result<std::string> real_a = RealPath(a);
    const Result<std::string> real_b = RealPath(b);
    return a == b || (real_a && real_b && *real_a == *real_b);
  }

  std::map<std::string, std::string> paths_;
  std::optional<Error> clash_;  // the first
};

void AddLines(std::istream& lines, TargetList* all) {
  std::string line;
  while (std::getline(lines, line)) {
    all->AddLine(line);
  }
}

}  // namespace

Result<std::vector<BulkTarget>> ListBulkTargets(const BulkSources& sources,
                                                std::vector<Error>* problems) {
  TargetList all;
  for (const std::string& target : sources.targets) {
    all.AddPath(target);
  }
  for (const std::string& list : sources.lists) {
    if (list == "-") {
      AddLines(std::cin, &all);
      continue;
    }
    std::ifstream lines(list);
    if (!lines || TypeOfPath(list) == FileType::kDirectory) {
      return Fail(ErrorKind::kIo, "the list cannot be read", list);
    }
    AddLines(lines, &all);
  }
  for (const std::string& root : sources.roots) {
    const Result<std::vector<std::string>> found =
        FindRepositories(root, problems);
    if (!found) {
      return tl::unexpected(found.error());
    }
    for (const std::string& name : *found) {
      if (name == ".") {
        all.AddPath(root);  // it is a repository itself
      } else {
        all.Add(name, JoinPath(root, name));
      }
    }
  }
  return all.Finish();
}

}  // namespace keysift
