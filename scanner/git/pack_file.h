// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"
#include "git/object_id.h"
#include "git/pack_index.h"

namespace keysift {

// One object as it lies in a pack.
struct PackEntry {
  static constexpr uint32_t kNoBase = UINT32_MAX;           // stored whole
  static constexpr uint32_t kForeignBase = UINT32_MAX - 1;  // in another pack
  static constexpr uint32_t kBroken = UINT32_MAX - 2;       // unusable

  uint64_t offset = 0;      // of its header
  uint64_t size = 0;        // inflated bytes: of the object, or of its delta
  uint32_t row = 0;         // in the index
  uint32_t base = kNoBase;  // the entry that it is a delta against
  ObjectType type = ObjectType::kNone;  // of the object; kNone until resolved
  uint8_t header_size = 0;  // bytes from `offset` to the zlib stream
  bool last_child = false;  // no entry with the same base comes later in the
                            // forest's order
};

// Something in a pack that cannot be used.
struct PackProblem {
  Error error;
  std::optional<ObjectId> id;  // the object that is lost, if it is one
  uint64_t offset = 0;
};

// Where the index of a pack lies: "….pack" with another ending.
std::string IndexPathOf(const std::string& pack_path);

// A pack with its index: a table of its entries in the order of their offsets.
// (gitformat-pack, "pack-*.pack files have the following format".) Owns both
// mappings. Immutable once open: shared by all threads. A closed pack has no
// table: only its index and its bytes are at hand.
class PackFile {
 public:
  // Fails if the file as a whole cannot be used: not a pack, a version that
  // nobody writes, an index that is damaged or another pack's. A single bad
  // entry (header, base) becomes a problem instead. Uses up to `threads`
  // threads.
  static Result<PackFile> Open(const std::string& path, PackIndex index,
                               std::vector<PackProblem>* problems,
                               unsigned threads = 1);
  // The same, but closed until ReadEntries: for a pack that is known already.
  // No entry is looked at, and the index is not checked.
  static Result<PackFile> OpenClosed(const std::string& path, PackIndex index);
  // With the index that lies beside it.
  static Result<PackFile> OpenClosed(const std::string& path);
  // Most of it will not be read again (base/mapped_file.h).
  void LetGo() const { file_.LetGo(); }
  bool is_closed() const { return entries_.size() != index_.count(); }
  void ReadEntries(unsigned threads, std::vector<PackProblem>* problems);
  // A pack whose index cannot be used: found out from the pack alone
  // (git/pack_indexer.h), as far as it is sound. Reads and hashes all of it.
  static Result<PackFile> OpenWithoutIndex(const std::string& path,
                                           std::vector<PackProblem>* problems,
                                           unsigned threads = 1);

  const std::string& path() const { return path_; }
  uint32_t count() const { return index_.count(); }
  const std::vector<PackEntry>& entries() const { return entries_; }
  const PackIndex& index() const { return index_; }
  // Whether ids are those of the contents for sure: no index gave them.
  bool has_computed_ids() const { return !ends_.empty(); }
  uint64_t file_size() const { return file_.bytes().size(); }
  std::string_view bytes() const { return file_.bytes(); }
  const FileStamp& stamp() const { return file_.stamp(); }

  std::string_view raw_id(uint32_t entry) const {
    return index_.id(entries_[entry].row);
  }
  ObjectId id(uint32_t entry) const {
    return index_.object_id(entries_[entry].row);
  }
  uint32_t EntryOfRow(uint32_t row) const { return entry_of_row_[row]; }

  // Whether an entry's packed bytes match the index's checksum of them
  // (version 1 has none: true). Reads them all.
  bool CrcMatches(uint32_t entry) const;
  // The zlib stream of an entry: up to where the entry ends, which the index
  // tells only by where the next one begins.
  std::string_view Packed(uint32_t entry) const;
  // How many bytes of the file, other entries' and its checksum, follow.
  uint64_t BytesAfter(uint32_t entry) const {
    return file_size() - EndOf(entry);
  }
  // The base of an entry with kForeignBase.
  ObjectId ForeignBase(uint32_t entry) const;

 private:
  friend class PackForest;

  Result<void> CheckFrame();
  void ReadEntry(uint32_t entry, std::vector<PackProblem>* problems);
  uint64_t EndOf(uint32_t entry) const;
  std::optional<uint32_t> EntryAt(uint64_t offset, uint32_t before) const;
  void Break(uint32_t entry, std::string why,
             std::vector<PackProblem>* problems);

  std::string path_;
  MappedFile file_;
  PackIndex index_;
  std::vector<PackEntry> entries_;
  std::vector<uint32_t> entry_of_row_;
  std::vector<uint64_t> ends_;  // only without index: entries may have gaps
};

}  // namespace keysift
