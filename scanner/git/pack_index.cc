// SPDX-License-Identifier: Apache-2.0
#include "git/pack_index.h"

#include <utility>

#include "base/sha.h"

namespace keysift {
namespace {

// gitformat-pack, "pack-*.idx files": both versions start their tables with
// 256 counts and end in the pack's checksum and the file's own.
constexpr uint64_t kFanoutSize = SortedIds::kFanoutSize;
constexpr uint64_t kTrailerSize = 2 * ObjectId::kSize;
// "Original (version 1)": rows of a 4-byte offset and an id, no header.
constexpr uint64_t kRowSize1 = 4 + ObjectId::kSize;
// "Version 2": "\377tOc" (which cannot be a fan-out value) and the version;
// then ids, CRCs, offsets, and the 64-bit offsets that did not fit.
constexpr std::string_view kMagic2 = "\377tOc";
constexpr uint64_t kHeaderSize2 = 8;
constexpr uint64_t kRowSize2 = ObjectId::kSize + 4 + 4;
constexpr uint32_t kLargeFlag2 = 0x80000000;

}  // namespace

Result<PackIndex> PackIndex::Open(const std::string& path) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) {
    return tl::unexpected(file.error());
  }
  PackIndex index;
  index.file_ = std::move(*file);
  index.path_ = path;
  Result<void> parsed = index.ParseBytes(index.file_.bytes());
  if (!parsed) {
    return tl::unexpected(parsed.error());
  }
  return index;
}

Result<PackIndex> PackIndex::Parse(std::string_view bytes) {
  PackIndex index;
  Result<void> parsed = index.ParseBytes(bytes);
  if (!parsed) {
    return tl::unexpected(parsed.error());
  }
  return index;
}

Result<PackIndex> PackIndex::Own(std::string bytes) {
  auto own = std::make_unique<const std::string>(std::move(bytes));
  Result<PackIndex> index = Parse(*own);
  if (index) {
    index->own_ = std::move(own);
  }
  return index;
}

Result<void> PackIndex::ParseBytes(std::string_view bytes) {
  bytes_ = bytes;
  Result<void> parsed =
      bytes.substr(0, 4) == kMagic2 ? ParseVersion2() : ParseVersion1();
  if (parsed) {
    pack_checksum_ = bytes.substr(bytes.size() - kTrailerSize, ObjectId::kSize);
  }
  return parsed;
}

Result<void> PackIndex::ParseVersion1() {
  if (bytes_.size() < kFanoutSize + kTrailerSize) {
    return Damaged("the pack index is truncated");
  }
  Result<void> fanout = ReadFanout(0);
  if (!fanout) {
    return fanout;
  }
  if (bytes_.size() != kFanoutSize + count() * kRowSize1 + kTrailerSize) {
    return Damaged("the pack index's size does not fit its object count");
  }
  version_ = 1;
  offsets_ = bytes_.data() + kFanoutSize;
  offset_stride_ = kRowSize1;
  ids_.PlaceIds(offsets_ + 4, kRowSize1);
  return {};
}

Result<void> PackIndex::ParseVersion2() {
  if (bytes_.size() < kHeaderSize2 + kFanoutSize + kTrailerSize) {
    return Damaged("the pack index is truncated");
  }
  uint32_t version = LoadBig32(bytes_.data() + 4);
  if (version != 2) {
    return Fail(ErrorKind::kUnsupported,
                "pack index version " + std::to_string(version), path_);
  }
  Result<void> fanout = ReadFanout(kHeaderSize2);
  if (!fanout) {
    return fanout;
  }
  uint64_t fixed =
      kHeaderSize2 + kFanoutSize + count() * kRowSize2 + kTrailerSize;
  if (bytes_.size() < fixed || (bytes_.size() - fixed) % 8 != 0 ||
      (bytes_.size() - fixed) / 8 > count()) {
    return Damaged("the pack index's size does not fit its object count");
  }
  version_ = 2;
  const char* ids = bytes_.data() + kHeaderSize2 + kFanoutSize;
  ids_.PlaceIds(ids, ObjectId::kSize);
  crcs_ = ids + uint64_t{count()} * ObjectId::kSize;
  offsets_ = crcs_ + uint64_t{count()} * 4;
  offset_stride_ = 4;
  large_flag_ = kLargeFlag2;
  large_ = offsets_ + uint64_t{count()} * 4;
  large_count_ = (bytes_.size() - fixed) / 8;
  return {};
}

Result<void> PackIndex::ReadFanout(uint64_t position) {
  Result<SortedIds> ids =
      SortedIds::FromFanout(bytes_.substr(position, kFanoutSize));
  if (!ids) {
    return Damaged(ids.error().message);
  }
  ids_ = *ids;
  return {};
}

Result<void> PackIndex::Validate() const {
  Result<void> sorted = ids_.Validate();
  if (!sorted) {
    return Damaged(sorted.error().message);
  }
  for (uint32_t row = 0; row < count(); ++row) {
    if (offset(row) == kNoOffset) {
      return Damaged("the offset of row " + std::to_string(row) +
                     " lies outside of the table of large offsets");
    }
  }
  return {};
}

Result<void> PackIndex::VerifyChecksum() const {
  std::string_view body = bytes_.substr(0, bytes_.size() - ObjectId::kSize);
  if (Sha1Of(body) != ObjectId::FromRaw(bytes_.substr(body.size())).bytes) {
    return Damaged("the pack index does not match its checksum");
  }
  return {};
}

Result<void> PackIndex::Check() const {
  Result<void> sound = Validate();
  return sound ? VerifyChecksum() : sound;
}

}  // namespace keysift
