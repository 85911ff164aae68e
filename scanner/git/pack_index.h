// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/big_endian.h"
#include "base/mapped_file.h"
#include "base/result.h"
#include "git/object_id.h"
#include "git/sorted_ids.h"

namespace keysift {

// The index of one pack (gitformat-pack, "Original (version 1) pack-*.idx
// files" and "Version 2"): its objects in the order of their ids, each with
// the offset of its entry. Owns the mapped file. Immutable: shared by all
// threads. Views live as long as it does.
class PackIndex {
 public:
  // An offset that the file does not hold: its row points outside of the table
  // of 64-bit offsets. No pack is that long.
  static constexpr uint64_t kNoOffset = UINT64_MAX;

  // Maps the file and checks its version, its fan-out table and its exact
  // size; touches none of the objects' pages. Fails with kNotFound, kIo,
  // kDamaged, or kUnsupported (a version above 2).
  static Result<PackIndex> Open(const std::string& path);
  // The same over bytes that outlive the index.
  static Result<PackIndex> Parse(std::string_view bytes);
  // The same over bytes that the index keeps.
  static Result<PackIndex> Own(std::string bytes);

  uint32_t count() const { return ids_.count(); }
  int version() const { return version_; }

  // The raw 20 bytes of row i < count(); rows ascend by id.
  std::string_view id(uint32_t i) const { return ids_.id(i); }
  ObjectId object_id(uint32_t i) const { return ObjectId::FromRaw(id(i)); }
  SortedIds::Rows RowsFrom(uint8_t first, uint8_t last) const {
    return ids_.RowsFrom(first, last);
  }

  // Where the entry of row i < count() starts in the pack, unchecked against
  // the pack; or kNoOffset.
  uint64_t offset(uint32_t i) const {
    uint32_t small = LoadBig32(offsets_ + uint64_t{i} * offset_stride_);
    return small & large_flag_ ? LargeOffset(small & ~large_flag_) : small;
  }

  // The CRC-32 of the packed entry of row i < count(); none in version 1.
  std::optional<uint32_t> crc32(uint32_t i) const {
    if (crcs_ == nullptr) {
      return std::nullopt;
    }
    return LoadBig32(crcs_ + uint64_t{i} * 4);
  }

  // The row of an id. In a file that fails Validate() it may miss some.
  std::optional<uint32_t> Find(const ObjectId& wanted) const {
    return ids_.Find(wanted);
  }

  // The checksum that the pack ends with, as 20 raw bytes.
  std::string_view pack_checksum() const { return pack_checksum_; }

  // The whole file, and its stamp: all 0 if it is not one.
  std::string_view bytes() const { return bytes_; }
  const FileStamp& stamp() const { return file_.stamp(); }

  // Reads all rows: ids ascend strictly and agree with the fan-out table, and
  // no offset is kNoOffset. Fails with kDamaged.
  Result<void> Validate() const;

  // Hashes the whole file against its own trailer. Fails with kDamaged.
  Result<void> VerifyChecksum() const;

  // Both: what it says of its pack holds together, so far as can be told
  // without reading that.
  Result<void> Check() const;

 private:
  Result<void> ParseBytes(std::string_view bytes);
  Result<void> ParseVersion1();
  Result<void> ParseVersion2();
  Result<void> ReadFanout(uint64_t position);
  uint64_t LargeOffset(uint32_t row) const {
    return row < large_count_ ? LoadBig64(large_ + uint64_t{row} * 8)
                              : kNoOffset;
  }
  tl::unexpected<Error> Damaged(std::string message) const {
    return Fail(ErrorKind::kDamaged, std::move(message), path_);
  }

  MappedFile file_;
  std::unique_ptr<const std::string> own_;
  std::string path_;
  std::string_view bytes_;
  int version_ = 0;
  SortedIds ids_;
  const char* offsets_ = nullptr;
  const char* crcs_ = nullptr;
  const char* large_ = nullptr;
  uint32_t offset_stride_ = 0;
  uint32_t large_flag_ = 0;
  uint64_t large_count_ = 0;
  std::string_view pack_checksum_;
};

}  // namespace keysift
