// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/big_endian.h"
#include "base/mapped_file.h"
#include "base/result.h"
#include "git/object_id.h"
#include "git/tree.h"

namespace keysift {

// One entry of the staging area. A view: valid as long as its IndexFile.
class IndexEntry {
 public:
  // `fixed` is the entry's fixed part of 62 bytes in the file.
  IndexEntry(std::string_view path, const char* fixed, uint16_t extended)
      : path_(path), fixed_(fixed), extended_(extended) {}

  // From the root of the work tree, with '/'; a sparse directory's ends in it.
  std::string_view path() const { return path_; }
  std::string_view raw_id() const { return {fixed_ + 40, ObjectId::kSize}; }
  ObjectId id() const { return ObjectId::FromRaw(raw_id()); }

  // gitformat-index, "Index entry": the places of the fixed part's fields.
  uint32_t mode() const { return LoadBig32(fixed_ + 24); }
  // kTree: a directory that a sparse index does not unfold; id() is its tree.
  EntryKind kind() const { return KindOfMode(mode()); }
  // 0 normally; 1 to 3 are the sides of an unresolved merge.
  int stage() const { return flags() >> 12 & 3; }
  bool assume_valid() const { return (flags() & 0x8000) != 0; }
  bool skip_worktree() const { return (extended_ & 0x4000) != 0; }
  // `git add -N`: the path is announced, its content is not staged.
  bool intent_to_add() const { return (extended_ & 0x2000) != 0; }

  // The file's state when it was last looked at, cut to 32 bits each.
  uint32_t mtime_seconds() const { return LoadBig32(fixed_ + 8); }
  uint32_t mtime_nanoseconds() const { return LoadBig32(fixed_ + 12); }
  uint32_t inode() const { return LoadBig32(fixed_ + 20); }
  uint32_t file_size() const { return LoadBig32(fixed_ + 36); }

  // The index's order: by path, then stage.
  bool operator<(const IndexEntry& other) const {
    int order = path_.compare(other.path_);
    return order != 0 ? order < 0 : stage() < other.stage();
  }

 private:
  uint16_t flags() const { return LoadBig16(fixed_ + 60); }

  std::string_view path_;
  const char* fixed_;
  uint16_t extended_;

  friend class IndexFile;
};

// The staging area (gitformat-index), versions 2 to 4, split and sparse ones
// too. Owns the mapped files and every path. Immutable: shared by all threads.
class IndexFile {
 public:
  // The most bytes that the paths of a version 4 index may unfold to.
  static constexpr uint64_t kMaxPathBytes = uint64_t{1} << 30;

  // Reads the file; a split index's other half is sought in `git_dir`. Entries
  // ascend by (path, stage). The trailing SHA-1 is checked unless it is null
  // (index.skipHash). Fails with kNotFound (no index: nothing was ever
  // staged), kIo, kDamaged, kTooLarge, or kUnsupported (another version, an
  // unknown extension that git requires readers to know).
  static Result<IndexFile> Open(const std::string& path,
                                const std::string& git_dir);
  // The same over bytes that outlive it. A split index is kUnsupported if
  // `git_dir` is empty.
  static Result<IndexFile> Parse(std::string_view bytes,
                                 const std::string& git_dir = {});

  const std::vector<IndexEntry>& entries() const { return entries_; }
  uint32_t version() const { return version_; }
  // Some entries are whole directories (sparse index).
  bool has_sparse_directories() const { return sparse_; }
  // What the TREE extension holds, or empty: see cache_tree.h.
  std::string_view cache_tree() const { return cache_tree_; }
  // The SHA-1 at the end of the file, 20 raw bytes.
  std::string_view trailer() const { return trailer_; }

 private:
  struct Parser;
  // The content of a split index's "link" extension.
  struct Link {
    ObjectId base;
    std::string_view bitmaps;
  };

  static Result<IndexFile> ParseOne(std::string_view bytes, Link* link,
                                    const std::string& where);
  Result<void> JoinWithBase(const Link& link, const std::string& git_dir);
  Result<void> OpenBase(const Link& link, const std::string& git_dir);
  // Replaces entries_ by the base's, without those dropped, with those
  // replaced, and with what is left here. Both lists are in range.
  Result<void> Merge(const std::vector<uint32_t>& dropped,
                     const std::vector<uint32_t>& replaced);

  // Views point into the mapping and the arena, which do not move with the
  // object.
  MappedFile file_;
  std::unique_ptr<IndexFile> base_;
  std::vector<std::unique_ptr<char[]>> arena_;
  std::vector<IndexEntry> entries_;
  std::string_view cache_tree_;
  std::string_view trailer_;
  uint32_t version_ = 0;
  bool sparse_ = false;
};

}  // namespace keysift
