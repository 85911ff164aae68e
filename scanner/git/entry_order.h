// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "git/pack_index.h"

namespace keysift {

// Where an entry begins in its pack, and its row in the index.
struct EntryStart {
  uint64_t offset = 0;
  uint32_t row = 0;
};

// The entries of a pack by their offsets, equal ones by their rows. One thread
// (radix sort; comparing takes five times as long).
std::vector<EntryStart> EntriesInOrder(const PackIndex& index);

// The one of `entries`, which ascend by their member `offset`, that lies at
// `offset`, before the `before`-th; the end if none does. Bases mostly lie a
// little earlier: the search widens from there.
template <class Entries>
typename Entries::const_iterator FindEntryAt(const Entries& entries,
                                             uint64_t offset, size_t before) {
  size_t step = 1;
  size_t high = before;
  while (high > step && entries[high - step].offset > offset) {
    high -= step;
    step *= 2;
  }
  const auto end = entries.begin() + static_cast<std::ptrdiff_t>(high);
  const auto found = std::lower_bound(
      entries.begin() +
          static_cast<std::ptrdiff_t>(high > step ? high - step : 0),
      end, offset,
      [](const auto& entry, uint64_t value) { return entry.offset < value; });
  return found != end && found->offset == offset ? found : entries.end();
}

}  // namespace keysift
