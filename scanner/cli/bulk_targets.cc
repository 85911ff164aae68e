// SPDX-License-Identifier: Apache-2.0
#include "cli/bulk_targets.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>

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

void AddLines(std::istream& lines, std::map<std::string, std::string>* all) {
  std::string line;
  while (std::getline(lines, line)) {
    if (line.ends_with('\r')) {
      line.pop_back();
    }
    if (line.empty() || line[0] == '#') {
      continue;
    }
    const size_t equals = line.find('=');
    const std::string name =
        WithoutSlashes(line.substr(0, std::min(equals, line.size())));
    all->emplace(name,
                 equals == std::string::npos ? name : line.substr(equals + 1));
  }
}

}  // namespace

Result<std::vector<BulkTarget>> ListBulkTargets(const BulkSources& sources,
                                                std::vector<Error>* problems) {
  std::map<std::string, std::string> all;
  for (const std::string& target : sources.targets) {
    all.emplace(WithoutSlashes(target), WithoutSlashes(target));
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
      all.emplace(name, JoinPath(root, name));
    }
  }
  std::vector<BulkTarget> targets;
  for (const auto& [name, path] : all) {
    targets.push_back({name, path});
  }
  return targets;
}

}  // namespace keysift
