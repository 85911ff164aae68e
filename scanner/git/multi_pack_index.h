// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/big_endian.h"
#include "base/mapped_file.h"
#include "base/result.h"
#include "git/object_id.h"
#include "git/sorted_ids.h"

namespace keysift {

// One index over many packs (gitformat-pack, "multi-pack-index (MIDX) files"):
// each object once, with the pack that git would take it from. Owns the mapped
// file. Immutable: shared by all threads. Views live as long as it does.
class MultiPackIndex {
 public:
  // As PackIndex::kNoOffset.
  static constexpr uint64_t kNoOffset = UINT64_MAX;

  // Maps the file and checks header, chunk table, fan-out, pack names and the
  // size of each chunk. Fails with kNotFound, kIo, kDamaged, or kUnsupported
  // (another version, SHA-256, a layer of an incremental chain).
  static Result<MultiPackIndex> Open(const std::string& path);
  // The same over bytes that outlive the index.
  static Result<MultiPackIndex> Parse(std::string_view bytes);

  // The packs' index names as the file has them ("pack-….idx"), no folder in
  // them; pack(i) counts along this list.
  const std::vector<std::string_view>& pack_names() const {
    return pack_names_;
  }

  uint32_t count() const { return ids_.count(); }
  // The raw 20 bytes of row i < count(); rows ascend by id.
  std::string_view id(uint32_t i) const { return ids_.id(i); }
  ObjectId object_id(uint32_t i) const { return ObjectId::FromRaw(id(i)); }

  // The number of the pack of row i < count(); unchecked: compare it with
  // pack_names().size(), or call Validate() once.
  uint32_t pack(uint32_t i) const {
    return LoadBig32(offsets_ + uint64_t{i} * 8);
  }
  // Where its entry starts in that pack, unchecked; or kNoOffset.
  uint64_t offset(uint32_t i) const;

  std::optional<uint32_t> Find(const ObjectId& wanted) const {
    return ids_.Find(wanted);
  }

  // Reads all rows: ids ascend and fit the fan-out, packs exist, no offset is
  // kNoOffset. Fails with kDamaged.
  Result<void> Validate() const;

  // Hashes the whole file against its trailer. Fails with kDamaged.
  Result<void> VerifyChecksum() const;

 private:
  Result<void> ParseBytes(std::string_view bytes);
  Result<void> ReadChunkTable(uint8_t chunk_count);
  Result<void> ReadPackNames(uint32_t pack_count);
  Result<void> ReadTables();
  std::string_view* ChunkOf(uint32_t name);
  tl::unexpected<Error> Damaged(std::string message) const {
    return Fail(ErrorKind::kDamaged, std::move(message), path_);
  }

  MappedFile file_;
  std::string path_;
  std::string_view bytes_;
  std::string_view names_chunk_;
  std::string_view fanout_chunk_;
  std::string_view ids_chunk_;
  std::string_view offsets_chunk_;
  std::string_view large_chunk_;
  std::vector<std::string_view> pack_names_;
  SortedIds ids_;
  const char* offsets_ = nullptr;
};

}  // namespace keysift
