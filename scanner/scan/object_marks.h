// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"
#include "git/object_store.h"

namespace keysift {

// What a scan notes of each object by number (of an object that is there more
// than once mostly by that of its first copy), and the ids that are named and
// not there. Shared by all workers: marks are set with relaxed atomics and read
// after the workers were joined.
class ObjectMarks {
 public:
  static constexpr uint8_t kNamed = 1;    // a commit, tree, tag or ref names it
  static constexpr uint8_t kScanned = 2;  // its content was read in full
  static constexpr uint8_t kTarget = 4;   // it holds a finding
  static constexpr uint8_t kLost = 8;     // this copy of it cannot be read
  static constexpr uint8_t kTree = 16;    // it was read as a tree
  static constexpr uint8_t kLfs = 32;     // it is a Git LFS pointer

  explicit ObjectMarks(const ObjectStore* store)
      : store_(store), marks_(store->count()) {}

  const ObjectStore& store() const { return *store_; }

  void Set(uint32_t number, uint8_t mark) {
    if ((marks_[number].load(std::memory_order_relaxed) & mark) != mark) {
      marks_[number].fetch_or(mark, std::memory_order_relaxed);
    }
  }
  // The same; true for one caller only: the first.
  bool SetNew(uint32_t number, uint8_t mark) {
    return (marks_[number].fetch_or(mark, std::memory_order_relaxed) & mark) ==
           0;
  }
  bool Has(uint32_t number, uint8_t mark) const {
    return (marks_[number].load(std::memory_order_relaxed) & mark) != 0;
  }

  // The number of an object that something names, marked so. An id that is
  // not in the store gets a number of its own, from store.count() on.
  uint32_t Name(std::string_view raw_id);

  // Ids that are named and absent: number count() + i for absent(i).
  uint32_t absent_count() const {
    return static_cast<uint32_t>(absent_.size());
  }
  const ObjectId& absent(uint32_t i) const { return absent_[i]; }
  bool IsAbsent(uint32_t number) const { return number >= store_->count(); }
  // A target: present objects by mark, and every absent one.
  bool IsTarget(uint32_t number) const {
    return IsAbsent(number) || Has(number, kTarget);
  }

 private:
  const ObjectStore* store_;
  std::vector<std::atomic<uint8_t>> marks_;
  std::mutex mutex_;  // guards the two below
  std::map<ObjectId, uint32_t> absent_numbers_;
  std::vector<ObjectId> absent_;
};

inline uint32_t ObjectMarks::Name(std::string_view raw_id) {
  std::optional<uint32_t> number = store_->Find(raw_id);
  if (number) {
    Set(*number, kNamed);
    return *number;
  }
  const ObjectId id = ObjectId::FromRaw(raw_id);
  std::lock_guard<std::mutex> lock(mutex_);
  const auto [place, added] = absent_numbers_.emplace(
      id, store_->count() + static_cast<uint32_t>(absent_.size()));
  if (added) {
    absent_.push_back(id);
  }
  return place->second;
}

}  // namespace keysift
