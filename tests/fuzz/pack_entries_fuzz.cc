// SPDX-License-Identifier: Apache-2.0
//
// A recipe for a pack, since mutations of packed bytes rarely unpack: a byte of
// faults, then entries of a kind byte, a base byte, a size byte and that many
// bytes, which are packed as they are. The index is made so that it lies:
// offsets are right but for the faults, ids are what the recipe says. A loose
// object and a second pack lie beside it, for bases that lie elsewhere.
#include <algorithm>

#include "base/crc32.h"
#include "base/sha.h"
#include "fuzz/fuzz.h"
#include "git/object_reader.h"
#include "git/object_store.h"
#include "git/pack_walker.h"
#include "support/temporary_folder.h"
#include "support/zlib_stream.h"

namespace {

// Bits of the first byte.
constexpr int kOldVersion = 1;     // of the pack
constexpr int kOtherCount = 2;     // in the pack's header
constexpr int kOtherTrailer = 4;   // of the pack, not the index's
constexpr int kShiftedOffset = 8;  // of the first entry
constexpr int kFarOffset = 16;     // of the last entry
constexpr int kWrongCrc = 32;      // of every entry
constexpr int kNoIndex = 64;       // the index is cut off
constexpr int kSmallBudget = 128;  // next to nothing may be held, or large

// Number 200 is the blob that is loose, 201 the second pack's first.
constexpr unsigned kLooseBase = 200;
constexpr unsigned kPackedBase = 201;
constexpr std::string_view kBaseText =
    "a text that deltas may be made against, twenty bytes and twenty more";

struct Entry {
  std::string id;
  std::string bytes;
  uint32_t offset = 0;
};

std::string Digest(std::string_view bytes) {
  const keysift::Sha1Digest digest = keysift::Sha1Of(bytes);
  return std::string(keysift::AsText(digest.data(), digest.size()));
}

std::string LooseId() {
  return std::string(
      keysift::ComputeId(keysift::ObjectType::kBlob, kBaseText).raw());
}

std::string IdOf(unsigned number) {
  return number == kLooseBase ? LooseId() : Digest(std::to_string(number));
}

std::string EntryHead(unsigned type, size_t size) {
  std::string head(1, static_cast<char>(type << 4 | (size & 15)));
  for (size >>= 4; size != 0; size >>= 7) {
    head.back() = static_cast<char>(head.back() | 0x80);
    head += static_cast<char>(size & 0x7f);
  }
  return head;
}

std::vector<Entry> Cook(std::string_view recipe) {
  std::vector<Entry> entries;
  uint32_t offset = 12;
  while (recipe.size() >= 3 && entries.size() < 64) {
    const uint8_t kind = static_cast<uint8_t>(recipe[0]);
    const uint8_t base = static_cast<uint8_t>(recipe[1]);
    const size_t size =
        std::min<size_t>(static_cast<uint8_t>(recipe[2]), recipe.size() - 3);
    const std::string_view content = recipe.substr(3, size);
    recipe.remove_prefix(3 + size);
    Entry entry;
    entry.offset = offset;
    entry.id = Digest(std::to_string(entries.size()));
    // Now and then a header that states another size.
    entry.bytes = EntryHead(kind & 7, size + (kind >> 7));
    if ((kind & 7) == 6) {
      const size_t distance =
          base < entries.size() ? offset - entries[base].offset : base;
      if (distance >= 0x80) {
        entry.bytes += static_cast<char>(0x80 | (((distance >> 7) - 1) & 0x7f));
      }
      entry.bytes += static_cast<char>(distance & 0x7f);
    } else if ((kind & 7) == 7) {
      entry.bytes += IdOf(base);
    }
    entry.bytes += keysift::ZlibStream(content, 0);
    if ((kind & 0x40) != 0) {
      entry.bytes += "surplus";
    }
    offset += static_cast<uint32_t>(entry.bytes.size());
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string PackOf(const std::vector<Entry>& entries, int faults) {
  const size_t count = entries.size() + ((faults & kOtherCount) != 0 ? 1 : 0);
  std::string pack = "PACK" +
                     keysift::Big32((faults & kOldVersion) != 0 ? 1 : 2) +
                     keysift::Big32(static_cast<uint32_t>(count));
  for (const Entry& entry : entries) {
    pack += entry.bytes;
  }
  return pack + Digest(pack);
}

std::string IndexOf(std::vector<Entry> entries, const std::string& trailer,
                    int faults) {
  if (!entries.empty()) {
    entries.front().offset += (faults & kShiftedOffset) != 0 ? 1 : 0;
    entries.back().offset += (faults & kFarOffset) != 0 ? 1 << 20 : 0;
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.id < b.id; });
  std::string index = "\377tOc" + keysift::Big32(2);
  for (unsigned first = 0; first < 256; ++first) {
    index += keysift::Big32(static_cast<uint32_t>(std::count_if(
        entries.begin(), entries.end(), [first](const Entry& entry) {
          return static_cast<uint8_t>(entry.id[0]) <= first;
        })));
  }
  for (const Entry& entry : entries) {
    index += entry.id;
  }
  for (const Entry& entry : entries) {
    index += keysift::Big32(keysift::Crc32(entry.bytes) ^
                            ((faults & kWrongCrc) != 0 ? 1 : 0));
  }
  for (const Entry& entry : entries) {
    index += keysift::Big32(entry.offset);
  }
  index += trailer;
  return index + Digest(index);
}

class Counter : public keysift::ObjectVisitor {
 public:
  void Visit(const keysift::WalkedObject& object) override {
    keysift::Touch(object.content);
    ++seen;
  }
  void Lost(uint32_t, const keysift::Error&) override { ++seen; }
  void Unlisted(uint32_t, const keysift::Error&) override {}

  uint32_t seen = 0;
};

// The objects that lie elsewhere, and where the pack under test goes.
struct Surroundings {
  Surroundings() {
    const std::string header = "blob " + std::to_string(kBaseText.size());
    loose.id = keysift::ObjectId::FromRaw(LooseId());
    loose.path = folder.Write(
        "loose", keysift::ZlibStream(header + '\0' + std::string(kBaseText)));
    std::vector<Entry> entries(2);
    entries[0].bytes = EntryHead(3, kBaseText.size()) +
                       keysift::ZlibStream(std::string(kBaseText), 0);
    entries[0].id = IdOf(kPackedBase);
    entries[0].offset = 12;
    // A delta whose base lies elsewhere again.
    entries[1].bytes =
        EntryHead(7, 3) + IdOf(0) + keysift::ZlibStream("\1\1\1", 0);
    entries[1].id = IdOf(kPackedBase + 1);
    entries[1].offset = static_cast<uint32_t>(12 + entries[0].bytes.size());
    const std::string bytes = PackOf(entries, 0);
    other = folder.Write("b.pack", bytes);
    folder.Write("b.idx", IndexOf(entries, bytes.substr(bytes.size() - 20), 0));
  }

  keysift::TemporaryFolder folder;
  keysift::ObjectStore::Loose loose;
  std::string other;
};

void ReadAll(const keysift::ObjectStore& store, keysift::ObjectReader* reader) {
  keysift::Buffer content;
  for (uint32_t i = 0; i < store.count(); ++i) {
    if (reader->Read(i, &content)) {
      keysift::Touch(content.view());
    }
    const std::optional<uint32_t> found = store.Find(store.raw_id(i));
    keysift::Expect(found && store.raw_id(*found) == store.raw_id(i));
    keysift::Expect(store.FirstCopy(i) <= i);
    store.type(i);
    store.PrefetchSlot(store.raw_id(i));
    store.PrefetchId(store.raw_id(i));
    keysift::Expect(store.HasHexId(store.id(i).ToHex()));
  }
  (void)reader->Read(keysift::ObjectId{}, &content);
}

}  // namespace

KEYSIFT_FUZZ_TARGET {
  static const Surroundings around;
  if (input.empty()) {
    return;
  }
  const int faults = static_cast<uint8_t>(input[0]);
  const std::vector<Entry> entries = Cook(input.substr(1));
  const std::string pack = PackOf(entries, faults);
  const std::string trailer = (faults & kOtherTrailer) != 0
                                  ? Digest("another pack")
                                  : pack.substr(pack.size() - 20);
  const std::string path = around.folder.Write("a.pack", pack);
  const std::string index = IndexOf(entries, trailer, faults);
  around.folder.Write("a.idx", (faults & kNoIndex) != 0
                                   ? index.substr(0, index.size() / 2)
                                   : index);
  std::vector<keysift::PackProblem> problems;
  const keysift::ObjectStore store = keysift::ObjectStore::Open(
      {path, around.other}, {around.loose}, 1, &problems);
  // Without faults all is there; a fault is never passed over.
  constexpr int kFaults = kOldVersion | kOtherCount | kOtherTrailer | kNoIndex;
  keysift::Expect((faults & kFaults) == 0 || !problems.empty());
  keysift::Expect((faults & kFaults) != 0 ||
                  store.count() == entries.size() + 3);
  const bool small = (faults & kSmallBudget) != 0;
  keysift::ObjectReader reader(&store, small ? 100 : 1 << 20);
  ReadAll(store, &reader);
  keysift::PackWalker walker(
      {small ? 100u : 1u << 20, small ? 1u : 1u << 20},
      [&reader](const keysift::ObjectId& id, keysift::Buffer* base) {
        return reader.Read(id, base);
      });
  Counter counter;
  size_t packed = 0;
  for (const keysift::ObjectStore::Pack& one : store.packs()) {
    packed += one.file.count();
    for (const keysift::PackForest::Tree& tree : one.forest.trees()) {
      walker.Walk(one.file, one.forest, tree, &counter);
    }
  }
  // What was not reached was reported, each once.
  const size_t broken = static_cast<size_t>(std::count_if(
      problems.begin(), problems.end(),
      [](const keysift::PackProblem& one) { return one.id.has_value(); }));
  keysift::Expect(counter.seen + broken == packed);

  // The same pack taken for one that is known: closed, and then opened.
  const auto is_known = [&path](const keysift::PackFile& file) {
    return file.path() == path;
  };
  keysift::ObjectStore closed = keysift::ObjectStore::Open(
      {path, around.other}, {around.loose}, 1, &problems, is_known);
  keysift::ObjectReader from_closed(&closed, small ? 100 : 1 << 20);
  ReadAll(closed, &from_closed);
  for (size_t i = 0; i < closed.packs().size(); ++i) {
    if (closed.packs()[i].file.is_closed()) {
      closed.OpenPack(i, 1, &problems);
    }
  }
  ReadAll(closed, &from_closed);
}
