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
  static constexpr uint8_t kScanned = 1;  // its content was read in full
  static constexpr uint8_t kTarget = 2;   // it holds a finding
  static constexpr uint8_t kLost = 4;     // this copy of it cannot be read
  static constexpr uint8_t kTree = 8;     // it was read as a tree
  static constexpr uint8_t kHashed = 16;  // this copy's id is that of its bytes
                                          // (or a gap says that it is not)
  // What names it, and as what: trees (and commits, their root), ...
  static constexpr uint8_t kNamedTree = 32;
  // ... trees again, for files, ...
  static constexpr uint8_t kNamedFile = 64;
  // ... or commits, tags, refs and reflogs, mostly as a commit.
  static constexpr uint8_t kNamedElse = 128;
  static constexpr uint8_t kNamed = kNamedTree | kNamedFile | kNamedElse;

  explicit ObjectMarks(const ObjectStore* store)
      : store_(store), marks_(store->count()) {}

  const ObjectStore& store() const { return *store_; }

  // Of the marks, one; Has() is true if one of several is set.
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
  // Sets some marks, as long as no other thread sets any, and returns those
  // that were there.
  uint8_t AddAlone(uint32_t number, uint8_t marks) {
    const uint8_t before = marks_[number].load(std::memory_order_relaxed);
    marks_[number].store(before | marks, std::memory_order_relaxed);
    return before;
  }
  bool Has(uint32_t number, uint8_t mark) const {
    return (marks_[number].load(std::memory_order_relaxed) & mark) != 0;
  }

  // The number of an object that something names, marked so: one of the marks
  // in kNamed. An id that is not in the store gets a number of its own, from
  // store.count() on.
  uint32_t Name(std::string_view raw_id, uint8_t mark);

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

inline uint32_t ObjectMarks::Name(std::string_view raw_id, uint8_t mark) {
  std::optional<uint32_t> number = store_->Find(raw_id);
  if (number) {
    Set(*number, mark);
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
