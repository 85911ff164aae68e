// SPDX-License-Identifier: Apache-2.0
#include "git/tree.h"

namespace keysift {
namespace {

// The file type bits of a mode (gitformat-index, "32-bit mode").
constexpr uint32_t kTypeMask = 0170000;
constexpr uint32_t kTypeFile = 0100000;
constexpr uint32_t kTypeSymlink = 0120000;
constexpr uint32_t kTypeTree = 0040000;
// Old writers put zeros in front ("040000"); no mode needs more digits.
constexpr size_t kMaxModeDigits = 7;

}  // namespace

EntryKind KindOfMode(uint32_t mode) {
  switch (mode & kTypeMask) {
    case kTypeFile:
      return EntryKind::kFile;
    case kTypeSymlink:
      return EntryKind::kSymlink;
    case kTypeTree:
      return EntryKind::kTree;
    default:
      return EntryKind::kGitlink;
  }
}

Result<bool> TreeReader::Next(TreeEntry* entry) {
  if (rest_.empty()) {
    return false;
  }
  uint32_t mode = 0;
  size_t at = 0;
  for (; at < rest_.size() && rest_[at] != ' '; ++at) {
    if (rest_[at] < '0' || rest_[at] > '7' || at == kMaxModeDigits) {
      return Fail(ErrorKind::kDamaged, "a tree entry's mode is not octal");
    }
    mode = mode << 3 | static_cast<uint32_t>(rest_[at] - '0');
  }
  if (at == 0) {
    return Fail(ErrorKind::kDamaged, "a tree entry has no mode");
  }
  size_t name_end = rest_.find('\0', at);
  if (name_end == std::string_view::npos ||
      rest_.size() - name_end - 1 < ObjectId::kSize) {
    return Fail(ErrorKind::kDamaged, "a tree entry is truncated");
  }
  if (name_end == at + 1) {
    return Fail(ErrorKind::kDamaged, "a tree entry has no name");
  }
  entry->mode = mode;
  entry->name = rest_.substr(at + 1, name_end - at - 1);
  entry->raw_id = rest_.substr(name_end + 1, ObjectId::kSize);
  rest_.remove_prefix(name_end + 1 + ObjectId::kSize);
  return true;
}

}  // namespace keysift
