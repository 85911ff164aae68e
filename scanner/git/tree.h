// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "git/object_id.h"

namespace keysift {

// What an entry of a tree or of the index is, by its mode. As git does, every
// mode that is none of the others counts as a gitlink.
enum class EntryKind : uint8_t { kFile, kSymlink, kTree, kGitlink };

EntryKind KindOfMode(uint32_t mode);

// One name in a tree. Views live as long as the tree's bytes.
struct TreeEntry {
  uint32_t mode = 0;
  std::string_view name;    // never empty; may hold any byte but NUL
  std::string_view raw_id;  // 20 bytes

  ObjectId id() const { return ObjectId::FromRaw(raw_id); }
  EntryKind kind() const { return KindOfMode(mode); }
};

// Reads a tree object's content front to back: entries of an octal mode, a
// space, a name, a NUL and a raw id. A view over bytes that outlive it; one
// thread.
class TreeReader {
 public:
  explicit TreeReader(std::string_view bytes) : rest_(bytes) {}

  // True and the next entry, or false at the end. Fails with kDamaged at an
  // entry that does not parse; nothing after it can be read. The order of the
  // entries is not checked: nothing here depends on it.
  Result<bool> Next(TreeEntry* entry);

 private:
  std::string_view rest_;
};

}  // namespace keysift
