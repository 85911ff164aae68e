// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/object_id.h"

namespace keysift {

// A table of ids in ascending order with its fan-out table before it, as the
// pack indexes and the multi-pack-index hold them (gitformat-pack): fan-out
// entry b counts the ids whose first byte is at most b. A view over bytes that
// outlive it; a value; shared by all threads.
class SortedIds {
 public:
  static constexpr uint64_t kFanoutSize = uint64_t{256} * 4;

  SortedIds() = default;

  // From a fan-out table of kFanoutSize bytes; fails with kDamaged (no place
  // given) if it goes down. The ids' place follows by PlaceIds().
  static Result<SortedIds> FromFanout(std::string_view fanout);

  // The first id lies at `ids`, the next ones `stride` bytes apart; the caller
  // has checked that count() of them lie within the file.
  void PlaceIds(const char* ids, uint32_t stride) {
    ids_ = ids;
    stride_ = stride;
  }

  uint32_t count() const { return count_; }

  // The raw 20 bytes of row i < count().
  std::string_view id(uint32_t i) const {
    return {ids_ + uint64_t{i} * stride_, ObjectId::kSize};
  }

  // The row of an id. In a table that fails Validate() it may miss some.
  std::optional<uint32_t> Find(const ObjectId& wanted) const;

  // The rows [begin, end) of ids whose first byte is at least `first` and at
  // most `last`, by the fan-out.
  struct Rows {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  Rows RowsFrom(uint8_t first, uint8_t last) const {
    return {first == 0 ? 0 : FanoutAt(first - 1), FanoutAt(last)};
  }

  // Reads all rows: they ascend strictly and agree with the fan-out. Fails
  // with kDamaged and no place.
  Result<void> Validate() const;

 private:
  uint32_t FanoutAt(int first) const;

  const char* fanout_ = nullptr;
  const char* ids_ = nullptr;
  uint32_t stride_ = 0;
  uint32_t count_ = 0;
};

}  // namespace keysift
