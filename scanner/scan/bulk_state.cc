// SPDX-License-Identifier: Apache-2.0
#include "scan/bulk_state.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/file.h"
#include "base/file_stamp.h"
#include "base/file_walk.h"
#include "base/sha.h"
#include "git/commit.h"
#include "git/head.h"
#include "git/object_directory.h"
#include "git/object_lookup.h"

namespace keysift {
namespace {

constexpr int kMaxDepth = 32;  // of folders below a git directory
constexpr uint64_t kLargestRef = 4096;
constexpr uint64_t kMostParents = 10u << 20;
constexpr int kRootDepth = 16;  // of folders below --root

// Refs change without changing their size, and may do so twice within a tick
// of the file system's clock.
bool IsRef(const std::string& name) {
  return name == "HEAD" || name.starts_with("refs/");
}

class StateReader {
 public:
  void Add(const std::string& folder, int depth) {
    std::vector<Error> problems;
    WalkFiles(
        folder, kMaxDepth,
        [&](const std::string& name) { AddFile(folder, name); }, &problems);
    sound_ = sound_ && problems.empty();
    FollowAlternates(folder, depth);
  }

  RepositoryState Finish() {
    if (sound_) {
      state_.fingerprint = Sha256Hex(list_);
    }
    return std::move(state_);
  }

 private:
  void AddFile(const std::string& folder, const std::string& name) {
    const std::string path = JoinPath(folder, name);
    const std::optional<FileStamp> stamp = StampOf(path);
    sound_ = sound_ && stamp.has_value();
    list_ += name + '\0' + (stamp ? stamp->ToText() : "");
    if (IsRef(name)) {
      list_ += '\0' + ReadFile(path, kLargestRef).value_or("");
    }
    list_ += '\n';
    if (stamp && name.ends_with(".pack")) {
      state_.pack_bytes += stamp->size;
    } else if (stamp && name.ends_with(".idx")) {
      state_.index_bytes += stamp->size;
    } else if (name.starts_with("objects/")) {
      ++state_.loose;
    }
  }

  void FollowAlternates(const std::string& folder, int depth) {
    const bool is_objects = depth > 0;
    const std::string objects =
        is_objects ? folder : JoinPath(folder, "objects");
    if (depth >= ObjectDirectories::kMaxAlternateDepth) {
      return;
    }
    std::vector<Error> problems;
    for (const std::string& path : ReadAlternates(objects, &problems)) {
      list_ += path + '\n';
      Add(path, depth + 1);
    }
    sound_ = sound_ && problems.empty();
  }

  RepositoryState state_;
  std::string list_;
  bool sound_ = true;
};

bool IsRepository(const std::string& path) {
  return TypeOfPath(JoinPath(path, ".git")) != FileType::kNone ||
         (TypeOfPath(JoinPath(path, "HEAD")) == FileType::kFile &&
          TypeOfPath(JoinPath(path, "objects")) == FileType::kDirectory &&
          TypeOfPath(JoinPath(path, "refs")) == FileType::kDirectory);
}

// A link to a repository counts, unless it leads to one below the root, which
// is found by itself. Links to other folders may go round in circles.
void FollowLink(const std::string& root, const std::string& name,
                std::vector<std::string>* found, std::vector<Error>* problems) {
  const std::string path = JoinPath(root, name);
  const Result<std::string> real_root = RealPath(root);
  const Result<std::string> real = RealPath(path);
  if (real && real_root &&
      (*real + "/").starts_with(JoinPath(*real_root, ""))) {
    return;
  }
  if (IsRepository(path)) {
    found->push_back(name);
  } else {
    problems->push_back({ErrorKind::kUnsupported,
                         "links to folders are not followed: give it as a "
                         "--root of its own",
                         path});
  }
}

void FindBelow(const std::string& root, const std::string& name, int depth,
               std::vector<std::string>* found, std::vector<Error>* problems) {
  const std::string path = name.empty() ? root : JoinPath(root, name);
  if (IsRepository(path)) {
    found->push_back(name.empty() ? "." : name);
    return;
  }
  const Result<std::vector<DirectoryEntry>> entries = ListDirectory(path);
  if (!entries) {
    problems->push_back(entries.error());
    return;
  }
  for (const DirectoryEntry& entry : *entries) {
    const std::string below =
        name.empty() ? entry.name : name + "/" + entry.name;
    if (entry.type != FileType::kDirectory || depth >= kRootDepth) {
      continue;
    }
    if (IsSymbolicLink(JoinPath(root, below))) {
      FollowLink(root, below, found, problems);
    } else {
      FindBelow(root, below, depth + 1, found, problems);
    }
  }
}

}  // namespace

RepositoryState StateOf(const Repository& repository) {
  StateReader reader;
  reader.Add(repository.common_dir(), 0);
  if (repository.git_dir() != repository.common_dir()) {
    reader.Add(repository.git_dir(), 0);
  }
  return reader.Finish();
}

std::string FamilyOf(const Repository& repository) {
  const Result<std::optional<ObjectId>> head = ReadHead(repository);
  std::string family = repository.common_dir();
  if (!head || !*head) {
    return family;
  }
  ObjectLookup lookup(repository);
  Buffer content;
  ObjectId id = **head;
  for (uint64_t step = 0; step < kMostParents; ++step) {
    const Result<ObjectType> type = lookup.Read(id, &content);
    const Result<Commit> commit =
        type && *type == ObjectType::kCommit
            ? Commit::Parse(content.view())
            : Result<Commit>(Fail(ErrorKind::kNotFound, "no commit"));
    if (!commit) {
      break;  // where a shallow clone is cut, that is where it begins
    }
    family = id.ToHex();
    if (commit->parents.empty()) {
      break;
    }
    id = commit->parents.front();
  }
  return family;
}

uint64_t ShardOf(const std::string& family, uint64_t count) {
  const Sha256Digest digest = Sha256Of(family);
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) {
    number = number << 8 | digest[i];
  }
  return number % count;
}

Result<std::vector<std::string>> FindRepositories(
    const std::string& root, std::vector<Error>* problems) {
  const Result<std::vector<DirectoryEntry>> listed = ListDirectory(root);
  if (!listed) {
    return tl::unexpected(listed.error());
  }
  std::vector<std::string> found;
  FindBelow(root, "", 0, &found, problems);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace keysift
