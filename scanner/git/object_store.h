// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"
#include "git/pack_file.h"
#include "git/pack_forest.h"

namespace keysift {

// Every object of a repository under one number: first those of the packs, pack
// by pack in the order of their ids, then the loose ones. An object that
// is there twice has two numbers; Find gives the lower. Immutable once open:
// shared by all threads.
class ObjectStore {
 public:
  struct Pack {
    PackFile file;
    PackForest forest;
    uint32_t first = 0;  // the number of its index's row 0

    uint32_t NumberOf(uint32_t entry) const {
      return first + file.entries()[entry].row;
    }
    uint32_t EntryOf(uint32_t number) const {
      return file.EntryOfRow(number - first);
    }
    bool promisor = false;
  };
  struct Loose {
    ObjectId id;
    std::string path;
  };

  // Takes packs as paths of .pack files whose .idx lies beside them; where that
  // is not to be had or is not the pack's, a problem says so and the pack is
  // read without it. What cannot be used is a problem too. `threads` load packs
  // side by side.
  // A pack for which `is_known` holds (it may be asked by several threads)
  // stays closed: only ids and single objects can be had of it, and neither it
  // nor its index is checked.
  using IsKnownPack = std::function<bool(const PackFile&)>;
  static ObjectStore Open(const std::vector<std::string>& packs,
                          std::vector<Loose> loose, unsigned threads,
                          std::vector<PackProblem>* problems,
                          const IsKnownPack& is_known = nullptr);
  // Opens a closed pack, by its place in packs(). Not while others read.
  void OpenPack(size_t number, unsigned threads,
                std::vector<PackProblem>* problems);

  uint32_t count() const { return count_; }
  const std::vector<Pack>& packs() const { return packs_; }
  const std::vector<Loose>& loose() const { return loose_; }
  uint32_t first_loose() const { return first_loose_; }
  // The pack of an object below first_loose().
  const Pack& pack_of(uint32_t number) const;

  // The raw 20 bytes of an object's id.
  std::string_view raw_id(uint32_t number) const;
  ObjectId id(uint32_t number) const {
    return ObjectId::FromRaw(raw_id(number));
  }
  // Of packed objects; kNone for loose ones, for broken chains and in closed
  // packs.
  ObjectType type(uint32_t number) const;

  std::optional<uint32_t> Find(std::string_view raw_id) const;
  // The lowest number of the object's id: what Find gives.
  uint32_t FirstCopy(uint32_t number) const {
    if (first_copies_.empty() || !is_copy_[number]) {
      return number;
    }
    const auto found = first_copies_.find(number);
    return found == first_copies_.end() ? number : found->second;
  }
  // How many objects are only further copies of others.
  uint64_t further_copies() const { return first_copies_.size(); }
  // For many look-ups: brings what Find(raw_id) will read nearer, first the
  // table's slot, in a later call what the slot points to.
  void PrefetchSlot(std::string_view raw_id) const;
  void PrefetchId(std::string_view raw_id) const;
  std::optional<uint32_t> Find(const ObjectId& id) const;

  // Whether these hex digits are an object's id in full.
  bool HasHexId(std::string_view hex) const;

 private:
  void BuildForestsAndTable(unsigned threads,
                            std::vector<PackProblem>* problems);
  void BuildTable();
  void AddToTable(uint32_t number, std::string_view id);
  uint64_t SlotOf(std::string_view raw_id) const;
  static uint32_t TagOf(std::string_view raw_id);

  std::vector<Pack> packs_;
  std::vector<Loose> loose_;
  uint32_t first_loose_ = 0;
  uint32_t count_ = 0;
  // Open addressing by the first 8 bytes of the id, which are as good as
  // random; the next 4 tell most others apart without reading their ids.
  struct Slot {
    uint32_t tag = 0;
    uint32_t number = 0;  // plus 1; 0: empty
  };
  std::vector<Slot> table_;
  std::unordered_map<uint32_t, uint32_t> first_copies_;  // of further copies
  std::vector<bool> is_copy_;  // by number, once there is one
  unsigned shift_ = 0;
};

}  // namespace keysift
