// SPDX-License-Identifier: Apache-2.0
//
// A recipe for a pack, since mutations of packed bytes rarely unpack: entries
// of a kind byte, a base byte, a size byte and that many bytes, which are
// packed as they are. The index is made so that it lies: offsets are right,
// ids are what the recipe says.
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

struct Entry {
  std::string id;
  std::string bytes;
  uint32_t offset = 0;
};

std::string Digest(std::string_view bytes) {
  const keysift::Sha1Digest digest = keysift::Sha1Of(bytes);
  return std::string(keysift::AsText(digest.data(), digest.size()));
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
      entry.bytes += Digest(std::to_string(base));
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

std::string IndexOf(std::vector<Entry> entries, const std::string& trailer) {
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
    index += keysift::Big32(keysift::Crc32(entry.bytes));
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

}  // namespace

KEYSIFT_FUZZ_TARGET {
  static const keysift::TemporaryFolder folder;
  const std::vector<Entry> entries = Cook(input);
  std::string pack = "PACK" + keysift::Big32(2) +
                     keysift::Big32(static_cast<uint32_t>(entries.size()));
  for (const Entry& entry : entries) {
    pack += entry.bytes;
  }
  const std::string trailer = Digest(pack);
  const std::string path = folder.Write("a.pack", pack + trailer);
  folder.Write("a.idx", IndexOf(entries, trailer));
  std::vector<keysift::PackProblem> problems;
  const keysift::ObjectStore store =
      keysift::ObjectStore::Open({path}, {}, 1, &problems);
  keysift::Expect(store.count() == entries.size());
  keysift::ObjectReader reader(&store, 1 << 20);
  keysift::Buffer content;
  for (uint32_t i = 0; i < store.count(); ++i) {
    (void)reader.Read(i, &content);
  }
  keysift::PackWalker walker(
      {1 << 20, 1 << 10},
      [&reader](const keysift::ObjectId& id, keysift::Buffer* base) {
        return reader.Read(id, base);
      });
  Counter counter;
  for (const keysift::ObjectStore::Pack& one : store.packs()) {
    for (const keysift::PackForest::Tree& tree : one.forest.trees()) {
      walker.Walk(one.file, one.forest, tree, &counter);
    }
  }
  // What was not reached was reported, each once.
  const size_t broken = static_cast<size_t>(std::count_if(
      problems.begin(), problems.end(),
      [](const keysift::PackProblem& one) { return one.id.has_value(); }));
  keysift::Expect(counter.seen + broken == entries.size());
}
