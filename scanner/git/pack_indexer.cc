// SPDX-License-Identifier: Apache-2.0
//
// A pack without its index.
//
// Problem. An index may be gone, damaged, or of another pack. The objects are
// still there, as readable as ever.
//
// Idea. A pack can be walked front to back: each entry's header states what it
// unpacks to, and its zlib stream says itself where it ends (gitformat-pack,
// "pack-*.pack files have the following format"). Where bytes are no entry, the
// next one is sought byte by byte: a header, then a zlib header, then a stream
// of exactly the stated size with the right Adler-32. That needs no hint from
// the damaged index, which could lead past entries. Then every object is
// rebuilt, bases before their deltas, and hashed; the outcome is written as a
// version 2 index in memory, so that all that follows reads one form.
//
// Rejected: to believe what still parses of the damaged index.
// Cost: each entry is unpacked twice; a base waits in memory while deltas of it
// are to come. Test: tests/git/pack_indexer_test.cc.
#include "git/pack_indexer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/big_endian.h"
#include "base/buffer.h"
#include "base/byte_reader.h"
#include "base/crc32.h"
#include "base/inflate.h"
#include "git/delta.h"
#include "git/entry_header.h"
#include "git/pack_file.h"

namespace keysift {
namespace {

constexpr uint64_t kHeaderSize = 12;
constexpr uint64_t kTrailerSize = 20;
// A stream must prove that it goes on this far before more memory is taken.
constexpr uint64_t kFirstProbe = 64 << 10;
constexpr uint64_t kProbeGrowth = 16;
// The search for the next entry gives up after unpacking this many bytes for
// nothing: only a pack made to waste time comes near.
constexpr uint64_t kMaxSearch = uint64_t{16} << 30;

struct Entry {
  uint64_t offset = 0;
  uint64_t stream = 0;  // where its zlib stream begins
  uint64_t end = 0;
  uint64_t size = 0;  // unpacked
  ObjectType type = ObjectType::kNone;
  uint64_t base_offset = 0;  // of an offset delta
  ObjectId base_id;          // of a ref delta
  ObjectId id;
  bool named = false;  // `id` is known
};

void AppendBig(uint64_t value, int bytes, std::string* out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(value >> shift & 0xff));
  }
}

class Indexer {
 public:
  Indexer(const std::string& path, std::string_view pack,
          std::vector<PackProblem>* problems)
      : path_(path), pack_(pack), problems_(problems) {}

  void FindEntries();
  void CheckCount();
  void NameObjects();
  Result<IndexedPack> Finish();

 private:
  // A base that waits for the deltas against it.
  struct Frame {
    Buffer content;
    ObjectType type = ObjectType::kNone;
    std::vector<uint32_t> children;
    size_t next = 0;
  };

  std::optional<Entry> ParseHeader(uint64_t offset) const;
  bool ReadEntry(uint64_t offset, Entry* entry);
  bool Inflate(const Entry& entry, Buffer* out, uint64_t* used);
  uint64_t FindNext(uint64_t from, Entry* entry);
  void SortChildren();
  std::vector<uint32_t> ChildrenOf(const Entry& entry) const;
  void NameTree(uint32_t root);
  void Name(Entry* entry, ObjectType type, std::string_view content) {
    entry->id = ComputeId(type, content);
    entry->named = true;
  }
  void Report(std::string message, uint64_t offset);
  std::string WriteIndex() const;

  const std::string& path_;
  std::string_view pack_;
  std::vector<PackProblem>* problems_;
  Inflater inflater_;
  Buffer scratch_;
  uint64_t searched_ = 0;
  std::vector<Entry> entries_;  // by offset
  std::vector<std::pair<uint64_t, uint32_t>> by_base_offset_;
  std::vector<std::pair<ObjectId, uint32_t>> by_base_id_;
};

void Indexer::Report(std::string message, uint64_t offset) {
  problems_->push_back({Error{ErrorKind::kDamaged, std::move(message),
                              path_ + ":" + std::to_string(offset)},
                        std::nullopt, offset});
}

// Everything before the zlib stream; nullopt if no entry starts like that.
std::optional<Entry> Indexer::ParseHeader(uint64_t offset) const {
  ByteReader reader(pack_.substr(offset));
  const std::optional<EntryHeader> header = ReadEntryHeader(&reader);
  if (!header) {
    return std::nullopt;
  }
  Entry entry;
  entry.offset = offset;
  entry.size = header->size;
  entry.type = static_cast<ObjectType>(header->type);
  if (entry.type == ObjectType::kOffsetDelta) {
    const std::optional<uint64_t> distance = ReadBaseDistance(&reader);
    if (!distance || *distance == 0 || *distance > offset - kHeaderSize) {
      return std::nullopt;
    }
    entry.base_offset = offset - *distance;
  } else if (entry.type == ObjectType::kRefDelta) {
    const std::optional<std::string_view> id =
        reader.ReadBytes(ObjectId::kSize);
    if (!id) {
      return std::nullopt;
    }
    entry.base_id = ObjectId::FromRaw(*id);
  } else if (header->type < 1 || header->type > 4) {
    return std::nullopt;
  }
  entry.stream = offset + reader.position();
  // RFC 1950: method 8, and the first two bytes are a multiple of 31.
  const std::optional<uint16_t> zlib = reader.ReadBig16();
  if (!zlib || (*zlib >> 8 & 15) != 8 || *zlib % 31 != 0 ||
      !Inflater::IsPossible(pack_.size() - entry.stream, entry.size)) {
    return std::nullopt;
  }
  return entry;
}

// Unpacks an entry; no more memory is taken than a small multiple of what its
// stream really holds, whatever its header says.
bool Indexer::Inflate(const Entry& entry, Buffer* out, uint64_t* used) {
  const std::string_view packed = pack_.substr(entry.stream);
  for (uint64_t probe = kFirstProbe; probe < entry.size;
       probe *= kProbeGrowth) {
    if (!inflater_.GoesBeyond(packed, out->Resize(probe), probe)) {
      return false;
    }
    searched_ += probe;
  }
  Result<uint64_t> inflated =
      inflater_.Inflate(packed, out->Resize(entry.size), entry.size);
  if (!inflated) {
    return false;
  }
  *used = *inflated;
  return true;
}

bool Indexer::ReadEntry(uint64_t offset, Entry* entry) {
  std::optional<Entry> parsed = ParseHeader(offset);
  uint64_t used = 0;
  if (!parsed) {
    return false;
  }
  searched_ += std::min(parsed->size, kFirstProbe);
  if (!Inflate(*parsed, &scratch_, &used)) {
    return false;
  }
  *entry = *parsed;
  entry->end = entry->stream + used;
  if (entry->type != ObjectType::kOffsetDelta &&
      entry->type != ObjectType::kRefDelta) {
    Name(entry, entry->type, scratch_.view());
  }
  return true;
}

// The next offset from `from` on at which an entry lies; the pack's size if
// there is none.
uint64_t Indexer::FindNext(uint64_t from, Entry* entry) {
  searched_ = 0;
  for (uint64_t at = from; at < pack_.size(); ++at) {
    if (searched_ > kMaxSearch) {
      break;
    }
    if (ReadEntry(at, entry)) {
      return at;
    }
  }
  return pack_.size();
}

void Indexer::FindEntries() {
  uint64_t at = kHeaderSize;
  while (at < pack_.size()) {
    Entry entry;
    if (!ReadEntry(at, &entry)) {
      const uint64_t trailer =
          pack_.size() < kTrailerSize ? 0 : pack_.size() - kTrailerSize;
      if (at == trailer) {
        return;
      }
      const uint64_t next = FindNext(at + 1, &entry);
      const uint64_t lost =
          (next == pack_.size() && at < trailer ? trailer : next) - at;
      Report(std::to_string(lost) + " bytes are no object", at);
      if (next == pack_.size()) {
        return;
      }
    }
    at = entry.end;
    entries_.push_back(entry);
  }
}

// Entries may be missing without a trace: the pack was cut between two.
void Indexer::CheckCount() {
  const uint32_t stated = LoadBig32(pack_.data() + 8);
  if (stated != entries_.size()) {
    Report("the pack states " + std::to_string(stated) + " objects and has " +
               std::to_string(entries_.size()),
           0);
  }
}

void Indexer::SortChildren() {
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].type == ObjectType::kOffsetDelta) {
      by_base_offset_.emplace_back(entries_[i].base_offset, i);
    } else if (entries_[i].type == ObjectType::kRefDelta) {
      by_base_id_.emplace_back(entries_[i].base_id, i);
    }
  }
  std::sort(by_base_offset_.begin(), by_base_offset_.end());
  std::sort(by_base_id_.begin(), by_base_id_.end());
}

// The deltas against an entry whose id is known, those without deltas of their
// own first: then a long chain needs two buffers.
std::vector<uint32_t> Indexer::ChildrenOf(const Entry& entry) const {
  std::vector<uint32_t> children;
  auto by_offset =
      std::lower_bound(by_base_offset_.begin(), by_base_offset_.end(),
                       std::pair<uint64_t, uint32_t>(entry.offset, 0));
  for (; by_offset != by_base_offset_.end() && by_offset->first == entry.offset;
       ++by_offset) {
    children.push_back(by_offset->second);
  }
  auto by_id = std::lower_bound(by_base_id_.begin(), by_base_id_.end(),
                                std::pair<ObjectId, uint32_t>(entry.id, 0));
  for (; by_id != by_base_id_.end() && by_id->first == entry.id; ++by_id) {
    if (!entries_[by_id->second].named) {
      children.push_back(by_id->second);
    }
  }
  std::stable_partition(
      children.begin(), children.end(), [this](uint32_t child) {
        const uint64_t offset = entries_[child].offset;
        auto own =
            std::lower_bound(by_base_offset_.begin(), by_base_offset_.end(),
                             std::pair<uint64_t, uint32_t>(offset, 0));
        return own == by_base_offset_.end() || own->first != offset;
      });
  return children;
}

// Names all that builds on an entry that is stored whole.
void Indexer::NameTree(uint32_t root) {
  std::vector<uint32_t> children = ChildrenOf(entries_[root]);
  if (children.empty()) {
    return;
  }
  std::vector<Frame> stack(1);
  stack[0].type = entries_[root].type;
  stack[0].children = std::move(children);
  uint64_t used = 0;
  if (!Inflate(entries_[root], &stack[0].content, &used)) {
    return;
  }
  std::vector<CopyRun> runs;
  while (!stack.empty()) {
    if (stack.back().next == stack.back().children.size()) {
      stack.pop_back();
      continue;
    }
    Frame& base = stack.back();
    Entry& child = entries_[base.children[base.next++]];
    Frame frame;
    if (child.named || !Inflate(child, &scratch_, &used) ||
        !ApplyDelta(base.content.view(), scratch_.view(), UINT64_MAX,
                    &frame.content, &runs)) {
      continue;
    }
    Name(&child, base.type, frame.content.view());
    frame.type = base.type;
    frame.children = ChildrenOf(child);
    if (frame.children.empty()) {
      continue;
    }
    if (base.next == base.children.size()) {
      base = std::move(frame);
    } else {
      stack.push_back(std::move(frame));
    }
  }
}

void Indexer::NameObjects() {
  SortChildren();
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].type >= ObjectType::kCommit &&
        entries_[i].type <= ObjectType::kTag) {
      NameTree(i);
    }
  }
  for (const Entry& entry : entries_) {
    if (!entry.named) {
      Report("a delta that its base does not fit, or whose base is not here",
             entry.offset);
    }
  }
  std::erase_if(entries_, [](const Entry& entry) { return !entry.named; });
}

// gitformat-pack, "Version 2 pack-*.idx files"; without checksums of its own.
std::string Indexer::WriteIndex() const {
  std::vector<const Entry*> rows;
  for (const Entry& entry : entries_) {
    rows.push_back(&entry);
  }
  std::stable_sort(
      rows.begin(), rows.end(),
      [](const Entry* a, const Entry* b) { return a->id < b->id; });
  std::string ids;
  std::string crcs;
  std::string offsets;
  std::string large;
  uint32_t counts[256] = {};
  for (const Entry* entry : rows) {
    ++counts[entry->id.bytes[0]];
    ids += entry->id.raw();
    AppendBig(Crc32(pack_.substr(entry->offset, entry->end - entry->offset)), 4,
              &crcs);
    if (entry->offset < 0x80000000) {
      AppendBig(entry->offset, 4, &offsets);
    } else {
      AppendBig(0x80000000 | large.size() / 8, 4, &offsets);
      AppendBig(entry->offset, 8, &large);
    }
  }
  std::string index = "\377tOc";
  AppendBig(2, 4, &index);
  uint32_t sum = 0;
  for (uint32_t count : counts) {
    AppendBig(sum += count, 4, &index);
  }
  index += ids + crcs + offsets + large;
  return index.append(2 * kTrailerSize, '\0');
}

Result<IndexedPack> Indexer::Finish() {
  IndexedPack indexed;
  for (const Entry& entry : entries_) {
    indexed.ends.push_back(entry.end);
  }
  Result<PackIndex> index = PackIndex::Own(WriteIndex());
  if (!index) {
    return tl::unexpected(std::move(index.error()));
  }
  indexed.index = std::move(*index);
  return indexed;
}

}  // namespace

Result<IndexedPack> IndexPack(const std::string& path, std::string_view pack,
                              std::vector<PackProblem>* problems) {
  if (pack.size() < kHeaderSize) {
    return Fail(ErrorKind::kDamaged, "cut off: too short for a pack", path);
  }
  Indexer indexer(path, pack, problems);
  indexer.FindEntries();
  indexer.CheckCount();
  indexer.NameObjects();
  return indexer.Finish();
}

}  // namespace keysift
