// SPDX-License-Identifier: Apache-2.0
#include "git/multi_pack_index.h"

#include <utility>

#include "base/byte_reader.h"
#include "base/sha.h"

namespace keysift {
namespace {

// gitformat-pack, "multi-pack-index (MIDX) files have the following format":
// a header of 12 bytes, a table of chunks, the chunks, a SHA-1.
constexpr std::string_view kSignature = "MIDX";
constexpr uint8_t kVersion = 1;
constexpr uint8_t kSha1 = 1;
constexpr uint64_t kHeaderSize = 12;
constexpr uint64_t kChunkRowSize = 12;
// Its chunk names, as the numbers that they are stored as.
constexpr uint32_t kPackNames = 0x504e414d;     // "PNAM"
constexpr uint32_t kFanout = 0x4f494446;        // "OIDF"
constexpr uint32_t kIds = 0x4f49444c;           // "OIDL"
constexpr uint32_t kOffsets = 0x4f4f4646;       // "OOFF"
constexpr uint32_t kLargeOffsets = 0x4c4f4646;  // "LOFF"
// With an LOFF chunk, this bit makes an offset a row number of it.
constexpr uint32_t kLargeFlag = 0x80000000;

}  // namespace

Result<MultiPackIndex> MultiPackIndex::Open(const std::string& path) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) {
    return tl::unexpected(file.error());
  }
  MultiPackIndex index;
  index.file_ = std::move(*file);
  index.path_ = path;
  Result<void> parsed = index.ParseBytes(index.file_.bytes());
  if (!parsed) {
    return tl::unexpected(parsed.error());
  }
  return index;
}

Result<MultiPackIndex> MultiPackIndex::Parse(std::string_view bytes) {
  MultiPackIndex index;
  Result<void> parsed = index.ParseBytes(bytes);
  if (!parsed) {
    return tl::unexpected(parsed.error());
  }
  return index;
}

Result<void> MultiPackIndex::ParseBytes(std::string_view bytes) {
  bytes_ = bytes;
  ByteReader header(bytes);
  if (header.ReadBytes(4) != kSignature ||
      bytes.size() < kHeaderSize + ObjectId::kSize) {
    return Damaged("no multi-pack-index, or a truncated one");
  }
  uint8_t version = header.ReadByte().value_or(0);
  uint8_t hash = header.ReadByte().value_or(0);
  uint8_t chunk_count = header.ReadByte().value_or(0);
  uint8_t base_count = header.ReadByte().value_or(0);
  uint32_t pack_count = header.ReadBig32().value_or(0);
  if (version != kVersion || hash != kSha1 || base_count != 0) {
    return Fail(ErrorKind::kUnsupported,
                "a multi-pack-index of version " + std::to_string(version) +
                    ", hash " + std::to_string(hash) + ", on " +
                    std::to_string(base_count) + " others",
                path_);
  }
  Result<void> step = ReadChunkTable(chunk_count);
  if (step) {
    step = ReadPackNames(pack_count);
  }
  if (step) {
    step = ReadTables();
  }
  return step;
}

std::string_view* MultiPackIndex::ChunkOf(uint32_t name) {
  switch (name) {
    case kPackNames:
      return &names_chunk_;
    case kFanout:
      return &fanout_chunk_;
    case kIds:
      return &ids_chunk_;
    case kOffsets:
      return &offsets_chunk_;
    case kLargeOffsets:
      return &large_chunk_;
    default:
      return nullptr;  // RIDX, BTMP and later ones are of no use here
  }
}

Result<void> MultiPackIndex::ReadChunkTable(uint8_t chunk_count) {
  // gitformat-chunk: rows of name and start; a last row of name 0 whose start
  // is the end of the last chunk.
  uint64_t limit = bytes_.size() - ObjectId::kSize;
  uint64_t table_end =
      kHeaderSize + (uint64_t{chunk_count} + 1) * kChunkRowSize;
  ByteReader table(bytes_.substr(0, limit));
  if (table_end > limit || !table.Seek(kHeaderSize)) {
    return Damaged("the chunk table is truncated");
  }
  uint32_t name = table.ReadBig32().value_or(0);
  uint64_t start = table.ReadBig64().value_or(0);
  for (int i = 0; i < chunk_count; ++i) {
    uint32_t next_name = table.ReadBig32().value_or(0);
    uint64_t end = table.ReadBig64().value_or(0);
    if (name == 0 || start < table_end || end < start || end > limit) {
      return Damaged("the chunk table is out of order or out of bounds");
    }
    std::string_view* chunk = ChunkOf(name);
    if (chunk != nullptr && chunk->data() != nullptr) {
      return Damaged("a chunk is there twice");
    }
    if (chunk != nullptr) {
      *chunk = bytes_.substr(start, end - start);
    }
    name = next_name;
    start = end;
  }
  if (name != 0) {
    return Damaged("the chunk table does not end");
  }
  return {};
}

Result<void> MultiPackIndex::ReadPackNames(uint32_t pack_count) {
  ByteReader names(names_chunk_);
  for (uint32_t i = 0; i < pack_count; ++i) {
    std::optional<std::string_view> name = names.ReadUntil('\0');
    if (!name || name->empty() || name->find('/') != std::string_view::npos) {
      return Damaged("the name of pack " + std::to_string(i) +
                     " is missing or no file name");
    }
    pack_names_.push_back(*name);
  }
  return {};
}

Result<void> MultiPackIndex::ReadTables() {
  Result<SortedIds> ids = SortedIds::FromFanout(fanout_chunk_);
  if (!ids) {
    return Damaged(ids.error().message);
  }
  ids_ = *ids;
  if (ids_chunk_.size() != uint64_t{count()} * ObjectId::kSize ||
      offsets_chunk_.size() != uint64_t{count()} * 8 ||
      large_chunk_.size() % 8 != 0) {
    return Damaged("a chunk's size does not fit the object count");
  }
  ids_.PlaceIds(ids_chunk_.data(), ObjectId::kSize);
  offsets_ = offsets_chunk_.data();
  return {};
}

uint64_t MultiPackIndex::offset(uint32_t i) const {
  uint32_t small = LoadBig32(offsets_ + uint64_t{i} * 8 + 4);
  if (large_chunk_.empty() || (small & kLargeFlag) == 0) {
    return small;
  }
  uint64_t row = small & ~kLargeFlag;
  return row < large_chunk_.size() / 8
             ? LoadBig64(large_chunk_.data() + row * 8)
             : kNoOffset;
}

Result<void> MultiPackIndex::Validate() const {
  Result<void> sorted = ids_.Validate();
  if (!sorted) {
    return Damaged(sorted.error().message);
  }
  for (uint32_t row = 0; row < count(); ++row) {
    if (pack(row) >= pack_names_.size()) {
      return Damaged("row " + std::to_string(row) + " names no pack");
    }
    if (offset(row) == kNoOffset) {
      return Damaged("the offset of row " + std::to_string(row) +
                     " lies outside of the table of large offsets");
    }
  }
  return {};
}

Result<void> MultiPackIndex::VerifyChecksum() const {
  std::string_view body = bytes_.substr(0, bytes_.size() - ObjectId::kSize);
  if (Sha1Of(body) != ObjectId::FromRaw(bytes_.substr(body.size())).bytes) {
    return Damaged("the multi-pack-index does not match its checksum");
  }
  return {};
}

}  // namespace keysift
