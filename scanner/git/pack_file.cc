// SPDX-License-Identifier: Apache-2.0
#include "git/pack_file.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/big_endian.h"
#include "base/byte_reader.h"
#include "base/crc32.h"
#include "base/parallel.h"
#include "git/entry_header.h"
#include "git/entry_order.h"
#include "git/pack_indexer.h"

namespace keysift {
namespace {

// gitformat-pack: 4 bytes "PACK", 4 version, 4 count; 20 checksum at the end.
constexpr std::string_view kMagic = "PACK";
constexpr uint64_t kHeaderSize = 12;
constexpr uint64_t kTrailerSize = 20;
// Entries whose headers one thread reads at a time.
constexpr uint32_t kEntriesAtOnce = 1u << 14;

}  // namespace

std::string IndexPathOf(const std::string& pack_path) {
  constexpr std::string_view kPackEnd = ".pack";
  return pack_path.substr(0, pack_path.size() - kPackEnd.size()) + ".idx";
}

// Entries are read with as little trust in a sound index as in another: it is
// checked meanwhile.
Result<PackFile> PackFile::Open(const std::string& path, PackIndex index,
                                std::vector<PackProblem>* problems,
                                unsigned threads) {
  Result<PackFile> pack = OpenClosed(path, std::move(index));
  if (!pack) {
    return pack;
  }
  Result<void> sound;
  std::vector<PackProblem> found;
  RunAll(threads, {[&] { pack->ReadEntries(threads, &found); },
                   [&] { sound = pack->index_.Check(); }});
  if (!sound) {
    return tl::unexpected(std::move(sound.error()));
  }
  std::move(found.begin(), found.end(), std::back_inserter(*problems));
  return pack;
}

Result<PackFile> PackFile::OpenClosed(const std::string& path) {
  Result<PackIndex> index = PackIndex::Open(IndexPathOf(path));
  return index ? OpenClosed(path, std::move(*index))
               : Result<PackFile>(tl::unexpected(std::move(index.error())));
}

Result<PackFile> PackFile::OpenClosed(const std::string& path,
                                      PackIndex index) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  PackFile pack;
  pack.path_ = path;
  pack.file_ = std::move(*file);
  pack.index_ = std::move(index);
  Result<void> frame = pack.CheckFrame();
  if (!frame) {
    return tl::unexpected(std::move(frame.error()));
  }
  return pack;
}

Result<PackFile> PackFile::OpenWithoutIndex(const std::string& path,
                                            std::vector<PackProblem>* problems,
                                            unsigned threads) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  PackFile pack;
  pack.path_ = path;
  pack.file_ = std::move(*file);
  Result<IndexedPack> indexed = IndexPack(path, pack.file_.bytes(), problems);
  if (!indexed) {
    return tl::unexpected(std::move(indexed.error()));
  }
  pack.index_ = std::move(indexed->index);
  pack.ends_ = std::move(indexed->ends);
  pack.ReadEntries(threads, problems);
  return pack;
}

Result<void> PackFile::CheckFrame() {
  const std::string_view bytes = file_.bytes();
  ByteReader reader(bytes);
  std::optional<std::string_view> magic = reader.ReadBytes(kMagic.size());
  std::optional<uint32_t> version = reader.ReadBig32();
  std::optional<uint32_t> count = reader.ReadBig32();
  if (!magic || *magic != kMagic || !count ||
      bytes.size() < kHeaderSize + kTrailerSize) {
    return Fail(ErrorKind::kDamaged, "not a pack file, or cut off", path_);
  }
  if (*version != 2 && *version != 3) {
    return Fail(ErrorKind::kUnsupported,
                "pack version " + std::to_string(*version), path_);
  }
  if (*count != index_.count()) {
    return Fail(ErrorKind::kDamaged,
                "the pack has " + std::to_string(*count) +
                    " objects, its index " + std::to_string(index_.count()),
                path_);
  }
  if (bytes.substr(bytes.size() - kTrailerSize) != index_.pack_checksum()) {
    return Fail(ErrorKind::kDamaged, "the index belongs to another pack",
                path_);
  }
  return {};
}

void PackFile::ReadEntries(unsigned threads,
                           std::vector<PackProblem>* problems) {
  const uint32_t count = index_.count();
  std::vector<EntryStart> order = EntriesInOrder(index_);
  entries_.resize(count);
  entry_of_row_.resize(count);
  for (uint32_t i = 0; i < count; ++i) {
    entries_[i].offset = order[i].offset;
    entries_[i].row = order[i].row;
    entry_of_row_[order[i].row] = i;
  }
  order = {};
  if (ends_.empty() && count > 0 && entries_[0].offset != kHeaderSize) {
    problems->push_back({Error{ErrorKind::kDamaged,
                               "the pack holds objects that its index leaves "
                               "out; run git fsck, then git index-pack",
                               path_},
                         std::nullopt, kHeaderSize});
  }
  // Headers lie all over the pack: reading them waits for memory.
  std::vector<std::vector<PackProblem>> found(count / kEntriesAtOnce + 1);
  ParallelSlices(threads, count, kEntriesAtOnce,
                 [&](uint32_t begin, uint32_t end, unsigned /*worker*/) {
                   for (uint32_t i = begin; i < end; ++i) {
                     ReadEntry(i, &found[begin / kEntriesAtOnce]);
                   }
                 });
  for (std::vector<PackProblem>& some : found) {
    std::move(some.begin(), some.end(), std::back_inserter(*problems));
  }
}

uint64_t PackFile::EndOf(uint32_t entry) const {
  if (!ends_.empty()) {
    return ends_[entry];
  }
  return entry + 1 < entries_.size() ? entries_[entry + 1].offset
                                     : file_.bytes().size() - kTrailerSize;
}

// Reads the header at an entry's offset; a problem if it is none.
void PackFile::ReadEntry(uint32_t number, std::vector<PackProblem>* problems) {
  PackEntry& entry = entries_[number];
  const uint64_t end = EndOf(number);
  const uint64_t limit =
      file_.bytes().size() - (ends_.empty() ? kTrailerSize : 0);
  if (entry.offset < kHeaderSize || entry.offset >= end || end > limit) {
    Break(number, "its offset lies outside of the pack or is not its own",
          problems);
    return;
  }
  ByteReader reader(file_.bytes().substr(entry.offset, end - entry.offset));
  std::optional<EntryHeader> header = ReadEntryHeader(&reader);
  if (!header) {
    Break(number, "its header is cut off", problems);
    return;
  }
  entry.size = header->size;
  const ObjectType type = static_cast<ObjectType>(header->type);
  if (type == ObjectType::kOffsetDelta) {
    std::optional<uint64_t> distance = ReadBaseDistance(&reader);
    std::optional<uint32_t> base;
    if (distance && *distance <= entry.offset) {
      base = EntryAt(entry.offset - *distance, number);
    }
    if (!base) {
      Break(number, "the base of its delta is not where it says", problems);
      return;
    }
    entry.base = *base;
  } else if (type == ObjectType::kRefDelta) {
    std::optional<std::string_view> id = reader.ReadBytes(ObjectId::kSize);
    if (!id) {
      Break(number, "its header is cut off", problems);
      return;
    }
    std::optional<uint32_t> row = index_.Find(ObjectId::FromRaw(*id));
    entry.base = row ? entry_of_row_[*row] : PackEntry::kForeignBase;
  } else if (header->type >= 1 && header->type <= 4) {
    entry.type = type;
  } else {
    Break(number, "it is of a type that does not exist", problems);
    return;
  }
  entry.header_size = static_cast<uint8_t>(reader.position());
}

bool PackFile::CrcMatches(uint32_t number) const {
  const PackEntry& entry = entries_[number];
  std::optional<uint32_t> expected = index_.crc32(entry.row);
  const uint64_t size = EndOf(number) - entry.offset;
  return !expected ||
         Crc32(file_.bytes().substr(entry.offset, size)) == *expected;
}

std::optional<uint32_t> PackFile::EntryAt(uint64_t offset,
                                          uint32_t before) const {
  const auto found = FindEntryAt(entries_, offset, before);
  if (found == entries_.end()) {
    return std::nullopt;
  }
  return static_cast<uint32_t>(found - entries_.begin());
}

void PackFile::Break(uint32_t number, std::string why,
                     std::vector<PackProblem>* problems) {
  PackEntry& entry = entries_[number];
  entry.base = PackEntry::kBroken;
  entry.type = ObjectType::kNone;
  problems->push_back({Error{ErrorKind::kDamaged, std::move(why),
                             path_ + ":" + std::to_string(entry.offset)},
                       id(number), entry.offset});
}

std::string_view PackFile::Packed(uint32_t number) const {
  const PackEntry& entry = entries_[number];
  const uint64_t begin = entry.offset + entry.header_size;
  return file_.bytes().substr(begin, EndOf(number) - begin);
}

ObjectId PackFile::ForeignBase(uint32_t number) const {
  const PackEntry& entry = entries_[number];
  return ObjectId::FromRaw(file_.bytes().substr(
      entry.offset + entry.header_size - ObjectId::kSize, ObjectId::kSize));
}

}  // namespace keysift
