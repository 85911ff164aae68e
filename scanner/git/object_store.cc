// SPDX-License-Identifier: Apache-2.0
#include "git/object_store.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/big_endian.h"
#include "base/parallel.h"

namespace keysift {
namespace {

// One pack on its way in.
struct LoadedPack {
  std::optional<ObjectStore::Pack> pack;
  std::vector<PackProblem> problems;
};

// The pack with its index, closed; nothing if it is not known.
std::optional<PackFile> OpenKnown(const std::string& path,
                                  const ObjectStore::IsKnownPack& is_known) {
  if (is_known == nullptr) {
    return std::nullopt;
  }
  Result<PackFile> file = PackFile::OpenClosed(path);
  if (!file || !is_known(*file)) {
    return std::nullopt;
  }
  return std::move(*file);
}

// The pack with its index; or, where that cannot be used, without.
Result<PackFile> OpenPack(const std::string& path, unsigned threads,
                          std::vector<PackProblem>* problems) {
  const std::string index_path = IndexPathOf(path);
  Result<PackIndex> index = PackIndex::Open(index_path);
  Error why;  // the index cannot be used
  if (index) {
    Result<PackFile> file =
        PackFile::Open(path, std::move(*index), problems, threads);
    if (file || file.error().kind == ErrorKind::kIo ||
        file.error().kind == ErrorKind::kNotFound) {
      return file;
    }
    why = std::move(file.error());
  } else {
    why = std::move(index.error());
  }
  // (That it is not there is known to whoever listed the folder.)
  if (why.kind != ErrorKind::kNotFound) {
    why.kind = ErrorKind::kDamaged;
    why.message += "; the pack was read without it: run git index-pack";
    why.where = index_path;
    problems->push_back({std::move(why), std::nullopt, 0});
  }
  return PackFile::OpenWithoutIndex(path, problems, threads);
}

LoadedPack LoadPack(const std::string& path, unsigned threads,
                    const ObjectStore::IsKnownPack& is_known) {
  LoadedPack loaded;
  std::optional<PackFile> known = OpenKnown(path, is_known);
  if (known) {
    loaded.pack.emplace();
    loaded.pack->file = std::move(*known);
    return loaded;
  }
  Result<PackFile> file = OpenPack(path, threads, &loaded.problems);
  if (!file) {
    loaded.problems.push_back({std::move(file.error()), {}, 0});
    return loaded;
  }
  loaded.pack.emplace();
  loaded.pack->file = std::move(*file);
  return loaded;
}

}  // namespace

ObjectStore ObjectStore::Open(const std::vector<std::string>& packs,
                              std::vector<Loose> loose, unsigned threads,
                              std::vector<PackProblem>* problems,
                              const IsKnownPack& is_known) {
  std::vector<LoadedPack> loaded(packs.size());
  // Many packs are loaded side by side, few with many threads each.
  const unsigned each = static_cast<unsigned>(
      std::max<size_t>(1, threads / std::max<size_t>(1, packs.size())));
  ParallelFor(threads, packs.size(), [&](size_t i, unsigned) {
    loaded[i] = LoadPack(packs[i], each, is_known);
  });
  ObjectStore store;
  for (LoadedPack& one : loaded) {
    problems->insert(problems->end(), one.problems.begin(), one.problems.end());
    if (one.pack) {
      one.pack->first = store.count_;
      store.count_ += one.pack->file.count();
      store.packs_.push_back(std::move(*one.pack));
    }
  }
  store.first_loose_ = store.count_;
  store.count_ += static_cast<uint32_t>(loose.size());
  store.loose_ = std::move(loose);
  store.BuildForestsAndTable(threads, problems);
  return store;
}

void ObjectStore::OpenPack(size_t number, unsigned threads,
                           std::vector<PackProblem>* problems) {
  Pack* pack = &packs_[number];
  Result<void> sound = pack->file.index().Check();
  if (!sound) {
    problems->push_back({std::move(sound.error()), std::nullopt, 0});
  }
  pack->file.ReadEntries(threads, problems);
  pack->forest = PackForest::Build(&pack->file, problems);
}

const ObjectStore::Pack& ObjectStore::pack_of(uint32_t number) const {
  if (packs_.size() == 1) {
    return packs_[0];
  }
  auto after = std::upper_bound(
      packs_.begin(), packs_.end(), number,
      [](uint32_t n, const Pack& pack) { return n < pack.first; });
  return *(after - 1);
}

std::string_view ObjectStore::raw_id(uint32_t number) const {
  if (number >= first_loose_) {
    return loose_[number - first_loose_].id.raw();
  }
  const Pack& pack = pack_of(number);
  return pack.file.index().id(number - pack.first);
}

ObjectType ObjectStore::type(uint32_t number) const {
  if (number >= first_loose_) {
    return ObjectType::kNone;
  }
  const Pack& pack = pack_of(number);
  return pack.file.is_closed() ? ObjectType::kNone
                               : pack.file.entries()[pack.EntryOf(number)].type;
}

uint64_t ObjectStore::SlotOf(std::string_view raw_id) const {
  return LoadBig64(raw_id.data()) >> shift_;
}

uint32_t ObjectStore::TagOf(std::string_view raw_id) {
  return LoadBig32(raw_id.data() + 8);
}

void ObjectStore::BuildForestsAndTable(unsigned threads,
                                       std::vector<PackProblem>* problems) {
  std::vector<std::vector<PackProblem>> found(packs_.size());
  ParallelFor(threads, packs_.size() + 1, [&](size_t i, unsigned) {
    if (i < packs_.size() && packs_[i].file.is_closed()) {
      return;
    }
    if (i < packs_.size()) {
      packs_[i].forest = PackForest::Build(&packs_[i].file, &found[i]);
    } else {
      BuildTable();
    }
  });
  for (const std::vector<PackProblem>& some : found) {
    problems->insert(problems->end(), some.begin(), some.end());
  }
}

void ObjectStore::BuildTable() {
  // At most two of three are taken.
  const uint64_t slots = std::bit_ceil(uint64_t{count_} + count_ / 2 + 2);
  shift_ = static_cast<unsigned>(64 - std::countr_zero(slots));
  table_.assign(slots, Slot());
  for (const Pack& pack : packs_) {
    for (uint32_t row = 0; row < pack.file.count(); ++row) {
      AddToTable(pack.first + row, pack.file.index().id(row));
    }
  }
  for (uint32_t i = 0; i < loose_.size(); ++i) {
    AddToTable(first_loose_ + i, loose_[i].id.raw());
  }
}

void ObjectStore::AddToTable(uint32_t number, std::string_view id) {
  const uint64_t mask = table_.size() - 1;
  uint64_t slot = SlotOf(id);
  for (; table_[slot].number != 0; slot = (slot + 1) & mask) {
    const uint32_t other = table_[slot].number - 1;
    if (table_[slot].tag == TagOf(id) && raw_id(other) == id) {
      first_copies_.emplace(number, other);
      is_copy_.resize(count_);
      is_copy_[number] = true;
      return;
    }
  }
  table_[slot] = {TagOf(id), number + 1};
}

std::optional<uint32_t> ObjectStore::Find(std::string_view id) const {
  const uint64_t mask = table_.size() - 1;
  const uint32_t tag = TagOf(id);
  for (uint64_t slot = SlotOf(id); table_[slot].number != 0;
       slot = (slot + 1) & mask) {
    if (table_[slot].tag == tag && raw_id(table_[slot].number - 1) == id) {
      return table_[slot].number - 1;
    }
  }
  return std::nullopt;
}

void ObjectStore::PrefetchSlot(std::string_view id) const {
  __builtin_prefetch(&table_[SlotOf(id)]);
}

void ObjectStore::PrefetchId(std::string_view id) const {
  const Slot& slot = table_[SlotOf(id)];
  if (slot.tag == TagOf(id)) {
    __builtin_prefetch(raw_id(slot.number - 1).data());
  }
}

std::optional<uint32_t> ObjectStore::Find(const ObjectId& id) const {
  return Find(id.raw());
}

bool ObjectStore::HasHexId(std::string_view hex) const {
  std::optional<ObjectId> id = ObjectId::FromHex(hex);
  return id && Find(*id);
}

}  // namespace keysift
