// SPDX-License-Identifier: Apache-2.0
//
// Packs that hold the same objects without being the same file.
//
// Problem. A clone over a transport, and a repository that was packed anew,
// have the objects of another pack in a pack of their own. To tell that they
// are the same ones by their ids would take all that a scan costs: the ids are
// an index's word, and to prove one is to unpack, to apply deltas and to hash.
//
// Idea. git does not compress anew what it finds compressed (pack.reuseObjects
// and reuse of deltas, git-pack-objects(1), --no-reuse-delta): the streams in
// the new pack are those of the old one, only at other offsets. If an entry has
// the type and size of another one, byte for byte its stream, and, being a
// delta, a base of which the same is true, then both objects are the same, by
// induction over the chain, which ends: the known pack was read in full.
//
// So each entry is compared with the one of the same id. Most follow each other
// as they did: from where both packs go in step, a delta that reaches back no
// further than that has the same base if its distance is the same. The few that
// are packed in another way are unpacked on both sides and compared. What the
// known pack lacks is checked as a scan would (its checksum, that its stream
// ends where the next entry begins) and listed. If an index gives two objects
// each other's ids, their entries differ, and the pack is read.
//
// Rejected: to believe ids, even of entries whose checksum, size and type are
// those of a known object: whoever hands over a repository as files writes all
// of these, and what is skipped would be read by nobody. To keep a
// digest of each entry, so that the known file need not be there any more: it
// would double the notes.
//
// Cost: memory's speed; of a clone of curl's history 0.06 s of CPU, where a
// scan takes 2.1. Test: tests/git/same_entries_test.cc, and
// tests/scan/history_notes_test.cc for what comes of it.
#include "git/same_entries.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "base/byte_reader.h"
#include "base/crc32.h"
#include "base/inflate.h"
#include "base/parallel.h"
#include "git/entry_header.h"
#include "git/entry_order.h"
#include "git/object_reader.h"

namespace keysift {
namespace {

// gitformat-pack: 12 bytes before the first entry, 20 after the last.
constexpr uint64_t kHeaderSize = 12;
constexpr uint64_t kTrailerSize = 20;
// Single objects are read along chains of up to 50 deltas: so many, and that
// part of the pack, before reading all of it is the better way.
constexpr uint32_t kMostSingle = 256;
constexpr uint32_t kSinglePart = 64;
constexpr uint32_t kNone = UINT32_MAX;
// What one thread compares at a time.
constexpr uint32_t kEntriesAtOnce = 1u << 14;

// (Of a fixed size, so that no function is called.)
bool IsSameId(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.begin() + ObjectId::kSize, b.begin());
}

// An entry without its stream.
struct Head {
  ObjectType type = ObjectType::kNone;
  uint64_t size = 0;
  uint64_t base = 0;         // offset of an OBJ_OFS_DELTA's base
  std::string_view base_id;  // of an OBJ_REF_DELTA's
  std::string_view stream;
};

std::optional<Head> ReadHead(std::string_view entry, uint64_t offset) {
  ByteReader reader(entry);
  const std::optional<EntryHeader> header = ReadEntryHeader(&reader);
  if (!header) {
    return std::nullopt;
  }
  Head head;
  head.type = static_cast<ObjectType>(header->type);
  head.size = header->size;
  if (head.type == ObjectType::kOffsetDelta) {
    const std::optional<uint64_t> distance = ReadBaseDistance(&reader);
    if (!distance || *distance == 0 || *distance >= offset) {
      return std::nullopt;
    }
    head.base = offset - *distance;
  } else if (head.type == ObjectType::kRefDelta) {
    const std::optional<std::string_view> id =
        reader.ReadBytes(ObjectId::kSize);
    if (!id) {
      return std::nullopt;
    }
    head.base_id = *id;
  }
  head.stream = entry.substr(reader.position());
  return head;
}

// A pack whose entries tile it: begins and ends.
class Tiles {
 public:
  explicit Tiles(const PackFile& pack)
      : pack_(pack), order_(EntriesInOrder(pack.index())) {
    place_.resize(order_.size());
    const uint64_t end = pack.bytes().size() - kTrailerSize;
    uint64_t before = kHeaderSize - 1;
    for (size_t i = 0; i < order_.size(); ++i) {
      const uint64_t next = i + 1 < order_.size() ? order_[i + 1].offset : end;
      sound_ = sound_ && order_[i].offset > before && next <= end;
      before = order_[i].offset;
      place_[order_[i].row] = static_cast<uint32_t>(i);
    }
    sound_ = sound_ && !order_.empty() && order_[0].offset == kHeaderSize &&
             before < end;
  }

  // False: bytes before, between or behind entries are nobody's.
  bool sound() const { return sound_; }
  const std::vector<EntryStart>& order() const { return order_; }
  size_t PlaceOf(uint32_t row) const { return place_[row]; }
  // The i-th of the order.
  std::string_view EntryAt(size_t i) const {
    const uint64_t end = i + 1 < order_.size()
                             ? order_[i + 1].offset
                             : pack_.bytes().size() - kTrailerSize;
    return pack_.bytes().substr(order_[i].offset, end - order_[i].offset);
  }
  std::string_view Entry(uint32_t row) const { return EntryAt(place_[row]); }
  // The row of the entry that begins at `offset`, before the `i`-th of the
  // order; kNone if none does.
  uint32_t RowAt(uint64_t offset, size_t i) const {
    const auto found = FindEntryAt(order_, offset, i);
    return found != order_.end() ? found->row : kNone;
  }

 private:
  const PackFile& pack_;
  std::vector<EntryStart> order_;
  std::vector<uint32_t> place_;  // in the order, by row
  bool sound_ = true;
};

class Comparison {
 public:
  Comparison(const PackFile& known, const PackFile& pack,
             uint64_t max_object_size, unsigned threads)
      : known_(known),
        pack_(pack),
        threads_(threads),
        reader_(nullptr, max_object_size) {}

  std::optional<SameEntries> Run() {
    if (!PairRows()) {
      return std::nullopt;
    }
    std::optional<Tiles> known;
    std::optional<Tiles> tiles;
    bool is_sound = false;
    RunAll(threads_,
           {[&] { known.emplace(known_); }, [&] { tiles.emplace(pack_); },
            [&] { is_sound = pack_.index().Check().has_value(); }});
    if (!is_sound || !known->sound() || !tiles->sound() ||
        !CompareAll(*known, *tiles)) {
      return std::nullopt;
    }
    return std::move(same_);
  }

 private:
  // By ids, which ascend in both.
  bool PairRows() {
    const PackIndex& a = known_.index();
    const PackIndex& b = pack_.index();
    most_single_ = kMostSingle + b.count() / kSinglePart;
    if (a.count() > b.count() || b.count() - a.count() > most_single_) {
      return false;
    }
    same_.row_of.reserve(a.count());
    known_row_.assign(b.count(), kNone);
    uint32_t row = 0;
    for (uint32_t i = 0; i < a.count(); ++i, ++row) {
      while (row < b.count() && !IsSameId(b.id(row), a.id(i))) {
        if (b.id(row) > a.id(i)) {
          return false;
        }
        same_.others.push_back({row++});
      }
      if (row == b.count()) {
        return false;
      }
      known_row_[row] = i;
      same_.row_of.push_back(row);
    }
    for (; row < b.count(); ++row) {
      same_.others.push_back({row});
    }
    return true;
  }

  bool CompareAll(const Tiles& known, const Tiles& tiles) {
    is_whole_.assign(pack_.count(), 0);
    std::vector<std::vector<uint32_t>> repacked(pack_.count() / kEntriesAtOnce +
                                                1);
    std::atomic<bool> sound = true;
    ParallelSlices(threads_, pack_.count(), kEntriesAtOnce,
                   [&](uint32_t begin, uint32_t end, unsigned /*worker*/) {
                     if (!CompareSlice(known, tiles, begin, end,
                                       &repacked[begin / kEntriesAtOnce])) {
                       sound = false;
                     }
                   });
    size_t count = same_.others.size();
    for (const std::vector<uint32_t>& rows : repacked) {
      count += rows.size();
    }
    return sound && HaveTheirSums(tiles) && count <= most_single_ &&
           std::all_of(repacked.begin(), repacked.end(),
                       [&](const std::vector<uint32_t>& rows) {
                         return HaveSameContent(rows, tiles);
                       }) &&
           AreOthersSound(tiles);
  }

  // Entries [begin, end) of the pack's order with the known ones of their ids.
  // Those that are packed in another way are listed. False if one is none.
  bool CompareSlice(const Tiles& known, const Tiles& tiles, size_t begin,
                    size_t end, std::vector<uint32_t>* repacked) {
    size_t next = 0;  // of the known pack's order
    // From here on both go in step: the same entries, of the same sizes.
    uint64_t run_begin = tiles.order()[begin].offset;
    for (size_t i = begin; i < end; ++i) {
      const EntryStart& start = tiles.order()[i];
      const uint32_t known_row = known_row_[start.row];
      const std::string_view entry = tiles.EntryAt(i);
      const uint64_t entry_end = start.offset + entry.size();
      if (known_row == kNone) {
        run_begin = entry_end;
        continue;
      }
      if (next == known.order().size() ||
          known.order()[next].row != known_row) {
        next = known.PlaceOf(known_row);
        run_begin = start.offset;
      }
      const std::string_view known_entry = known.EntryAt(next++);
      const std::optional<Head> head = ReadHead(entry, start.offset);
      if (!head) {
        return false;
      }
      const bool is_whole = entry == known_entry;
      is_whole_[start.row] = is_whole ? 1 : 0;
      const bool is_near = is_whole && head->base_id.empty() &&
                           (head->base == 0 || head->base >= run_begin);
      if (entry.size() != known_entry.size()) {
        run_begin = entry_end;
      }
      if (!is_near && !IsSame(*head, known_entry, start.row, tiles, i)) {
        repacked->push_back(start.row);
      }
    }
    return true;
  }

  bool HaveSameContent(const std::vector<uint32_t>& rows, const Tiles& tiles) {
    return std::all_of(rows.begin(), rows.end(), [&](uint32_t row) {
      return IsSound(tiles.Entry(row), row) && HasSameContent(row);
    });
  }

  bool AreOthersSound(const Tiles& tiles) {
    return std::all_of(same_.others.begin(), same_.others.end(),
                       [&](SameEntries::Other& other) {
                         const Result<ObjectType> type =
                             reader_.ReadClosed(pack_, other.row, &content_);
                         other.type = type.value_or(ObjectType::kNone);
                         return type &&
                                IsSound(tiles.Entry(other.row), other.row);
                       });
  }

  // Whether the entry at `row`, the i-th of the pack, is packed as the known
  // one, on a base of the same id.
  bool IsSame(const Head& head, std::string_view known_entry, uint32_t row,
              const Tiles& tiles, size_t i) const {
    const uint64_t known_offset = known_.index().offset(known_row_[row]);
    const std::optional<Head> other = ReadHead(known_entry, known_offset);
    if (!other || other->type != head.type || other->size != head.size ||
        other->stream != head.stream) {
      return false;
    }
    if (head.type == ObjectType::kRefDelta) {
      return head.base_id == other->base_id &&
             known_.index().Find(ObjectId::FromRaw(head.base_id));
    }
    if (head.type == ObjectType::kOffsetDelta) {
      const uint32_t base = tiles.RowAt(head.base, i);
      return base != kNone && known_row_[base] != kNone &&
             known_.index().offset(known_row_[base]) == other->base;
    }
    return true;
  }

  // Whether the index has the right checksum of each entry that the known pack
  // has too. The known one's was compared when it was read.
  bool HaveTheirSums(const Tiles& tiles) const {
    for (uint32_t i = 0; i < same_.row_of.size(); ++i) {
      const uint32_t row = same_.row_of[i];
      const std::optional<uint32_t> sum = pack_.index().crc32(row);
      const std::optional<uint32_t> known =
          is_whole_[row] != 0 ? known_.index().crc32(i) : std::nullopt;
      if (sum && *sum != (known ? *known : Crc32(tiles.Entry(row)))) {
        return false;
      }
    }
    return true;
  }

  // Whether an entry is all that lies up to the next one.
  bool IsSound(std::string_view entry, uint32_t row) {
    const std::optional<Head> head = ReadHead(entry, pack_.index().offset(row));
    const std::optional<uint32_t> sum = pack_.index().crc32(row);
    if (!head || (sum && *sum != Crc32(entry)) ||
        !Inflater::IsPossible(head->stream.size(), head->size)) {
      return false;
    }
    const Result<uint64_t> used = inflater_.Inflate(
        head->stream, content_.Resize(head->size), head->size);
    return used && *used == head->stream.size();
  }

  bool HasSameContent(uint32_t row) {
    const Result<ObjectType> type = reader_.ReadClosed(pack_, row, &content_);
    const Result<ObjectType> known =
        reader_.ReadClosed(known_, known_row_[row], &known_content_);
    return type && known && *type == *known &&
           content_.view() == known_content_.view();
  }

  const PackFile& known_;
  const PackFile& pack_;
  const unsigned threads_;
  ObjectReader reader_;
  Inflater inflater_;
  Buffer content_;
  Buffer known_content_;
  SameEntries same_;
  std::vector<uint32_t> known_row_;  // by row of the pack
  std::vector<uint8_t> is_whole_;    // the entry is as the known one; by row
  uint32_t most_single_ = 0;
};

}  // namespace

std::optional<SameEntries> FindSameEntries(const PackFile& known,
                                           const PackFile& pack,
                                           uint64_t max_object_size,
                                           unsigned threads) {
  return Comparison(known, pack, max_object_size, threads).Run();
}

}  // namespace keysift
