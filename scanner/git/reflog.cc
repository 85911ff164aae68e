// SPDX-License-Identifier: Apache-2.0
#include "git/reflog.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/byte_reader.h"
#include "base/file.h"
#include "base/file_walk.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxReflog = uint64_t{1} << 30;
constexpr int kMaxDepth = 64;
constexpr const char* kMainPrefix = "main-worktree/";
constexpr uint64_t kHexSize = 2 * ObjectId::kSize;

// A line is "old new who when\tmessage".
bool ReadLine(ByteReader* reader, std::vector<ObjectId>* ids) {
  std::optional<std::string_view> line = reader->ReadUntil('\n');
  if (!line) {
    line = reader->ReadBytes(reader->remaining());
  }
  if (line->size() < 2 * kHexSize + 1 || (*line)[kHexSize] != ' ') {
    return false;
  }
  std::optional<ObjectId> before = ObjectId::FromHex(line->substr(0, kHexSize));
  std::optional<ObjectId> after =
      ObjectId::FromHex(line->substr(kHexSize + 1, kHexSize));
  if (!before || !after) {
    return false;
  }
  ids->push_back(*before);
  ids->push_back(*after);
  return true;
}

void ReadLog(const std::string& path, const std::string& name,
             ReflogList* list) {
  Result<std::string> text = ReadFile(path, kMaxReflog);
  if (!text) {
    list->problems.push_back(text.error());
    return;
  }
  Reflog log{name, {}};
  ByteReader reader(*text);
  for (uint64_t line = 1; !reader.AtEnd(); ++line) {
    if (!ReadLine(&reader, &log.ids)) {
      list->problems.push_back(Error{ErrorKind::kDamaged,
                                     "a reflog line without two ids",
                                     path + ":" + std::to_string(line)});
    }
  }
  std::sort(log.ids.begin(), log.ids.end());
  log.ids.erase(std::unique(log.ids.begin(), log.ids.end()), log.ids.end());
  if (!log.ids.empty() && log.ids.front().IsZero()) {
    log.ids.erase(log.ids.begin());
  }
  list->logs.push_back(std::move(log));
}

void ReadLogs(const std::string& git_dir, const std::string& prefix,
              ReflogList* list) {
  std::string folder = JoinPath(git_dir, "logs");
  auto read = [&](const std::string& name) {
    if (!name.ends_with(".lock")) {
      ReadLog(JoinPath(folder, name), prefix + name, list);
    }
  };
  WalkFiles(folder, kMaxDepth, read, &list->problems);
}

}  // namespace

ReflogList ReflogList::Read(const Repository& repository) {
  ReflogList list;
  bool is_linked = repository.git_dir() != repository.common_dir();
  ReadLogs(repository.common_dir(), is_linked ? kMainPrefix : "", &list);
  for (const LinkedWorktree& worktree : repository.LinkedWorktrees()) {
    bool is_own = worktree.git_dir == repository.git_dir();
    ReadLogs(worktree.git_dir, is_own ? "" : "worktrees/" + worktree.name + "/",
             &list);
  }
  for (Reflog& log : list.logs) {
    // The branches' logs lie in the main work tree and are everyone's.
    constexpr std::string_view kShared = "main-worktree/refs/";
    if (log.ref.starts_with(kShared)) {
      log.ref.erase(0, std::string_view(kMainPrefix).size());
    }
  }
  return list;
}

}  // namespace keysift
