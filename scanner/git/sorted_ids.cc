// SPDX-License-Identifier: Apache-2.0
#include "git/sorted_ids.h"

#include "base/big_endian.h"

namespace keysift {
namespace {

// Eight bytes tell nearly all ids apart.
bool IsBelow(std::string_view a, std::string_view b) {
  const uint64_t head_a = LoadBig64(a.data());
  const uint64_t head_b = LoadBig64(b.data());
  return head_a != head_b ? head_a < head_b : a < b;
}

}  // namespace

Result<SortedIds> SortedIds::FromFanout(std::string_view fanout) {
  if (fanout.size() != kFanoutSize) {
    return Fail(ErrorKind::kDamaged, "the fan-out table is truncated");
  }
  SortedIds table;
  table.fanout_ = fanout.data();
  for (int first = 0; first < 256; ++first) {
    uint32_t value = table.FanoutAt(first);
    if (value < table.count_) {
      return Fail(ErrorKind::kDamaged, "the fan-out table goes down");
    }
    table.count_ = value;
  }
  return table;
}

uint32_t SortedIds::FanoutAt(int first) const {
  return LoadBig32(fanout_ + 4 * first);
}

std::optional<uint32_t> SortedIds::Find(const ObjectId& wanted) const {
  if (count_ == 0) {
    return std::nullopt;
  }
  auto [low, high] = RowsFrom(wanted.bytes[0], wanted.bytes[0]);
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    ObjectId found = ObjectId::FromRaw(id(middle));
    if (found == wanted) {
      return middle;
    }
    if (found < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

Result<void> SortedIds::Validate() const {
  uint32_t row = 0;
  for (int first = 0; first < 256 && count_ > 0; ++first) {
    for (uint32_t end = FanoutAt(first); row < end; ++row) {
      if (static_cast<uint8_t>(id(row)[0]) != first) {
        return Fail(ErrorKind::kDamaged, "the fan-out table does not fit row " +
                                             std::to_string(row));
      }
      if (row > 0 && !IsBelow(id(row - 1), id(row))) {
        return Fail(ErrorKind::kDamaged,
                    "the ids are not sorted at row " + std::to_string(row));
      }
    }
  }
  return {};
}

}  // namespace keysift
