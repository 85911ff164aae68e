// SPDX-License-Identifier: Apache-2.0
#include "git/git_dir.h"

#include <algorithm>

#include "base/file.h"

namespace keysift {
namespace {

// modules/a/modules/b/…: no one nests submodules deeper.
constexpr int kMaxModuleDepth = 16;

// A module's name may hold slashes: look below what is no git directory; and
// a module has modules of its own.
void CollectModules(const std::string& folder, int depth,
                    std::vector<std::string>* found) {
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(folder);
  if (!entries || depth > kMaxModuleDepth) {
    return;
  }
  for (const DirectoryEntry& entry : *entries) {
    std::string path = JoinPath(folder, entry.name);
    if (entry.type != FileType::kDirectory) {
      continue;
    }
    if (IsGitDirectory(path)) {
      found->push_back(path);
      CollectModules(JoinPath(path, "modules"), depth + 1, found);
    } else {
      CollectModules(path, depth + 1, found);
    }
  }
}

}  // namespace

std::string_view CutLineEnd(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

std::string ParentOf(const std::string& path) {
  size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

std::string NameOf(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

Result<std::string> FollowGitFile(const std::string& path) {
  constexpr std::string_view kPrefix = "gitdir: ";
  Result<std::string> text = ReadFile(path, kMaxSmallFile);
  if (!text) {
    return text;
  }
  std::string_view line = CutLineEnd(*text);
  if (!line.starts_with(kPrefix) || line.size() == kPrefix.size()) {
    return Fail(ErrorKind::kDamaged, "a .git file that names no git directory",
                path);
  }
  std::string target = JoinPath(ParentOf(path), line.substr(kPrefix.size()));
  if (!IsGitDirectory(target)) {
    return Fail(ErrorKind::kDamaged,
                "it names no git directory: " + target +
                    " (git worktree repair mends the link of a moved one)",
                path);
  }
  return target;
}

Result<std::string> GitDirAt(const std::string& path) {
  std::string inner = JoinPath(path, ".git");
  switch (TypeOfPath(inner)) {
    case FileType::kFile:
      return FollowGitFile(inner);
    case FileType::kDirectory:
      if (IsGitDirectory(inner)) {
        return inner;
      }
      break;
    default:
      break;
  }
  return IsGitDirectory(path) ? path : std::string();
}

bool IsGitDirectory(const std::string& path) {
  Result<std::string> head = ReadFile(JoinPath(path, "HEAD"), kMaxSmallFile);
  std::string_view text = head ? std::string_view(*head) : std::string_view();
  // A HEAD that is a dangling symbolic link cannot be read; its name remains.
  bool unborn_link = !head && head.error().kind == ErrorKind::kNotFound &&
                     IsSymbolicLink(JoinPath(path, "HEAD"));
  bool hex = text.size() >= 40 &&
             text.substr(0, 40).find_first_not_of("0123456789abcdefABCDEF") ==
                 std::string_view::npos;
  if (!text.starts_with("ref:") && !hex && !unborn_link) {
    return false;
  }
  std::string common = path;
  Result<std::string> other =
      ReadFile(JoinPath(path, "commondir"), kMaxSmallFile);
  if (other) {
    common = JoinPath(path, CutLineEnd(*other));
  }
  return TypeOfPath(JoinPath(common, "objects")) == FileType::kDirectory &&
         TypeOfPath(JoinPath(common, "refs")) == FileType::kDirectory;
}

std::vector<std::string> ListModules(const std::string& modules) {
  std::vector<std::string> found;
  CollectModules(modules, 0, &found);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace keysift
