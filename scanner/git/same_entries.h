// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "git/object_id.h"
#include "git/pack_file.h"

namespace keysift {

// How the objects of a pack that was read lie in another one.
struct SameEntries {
  // A row of the other pack whose id the first one lacks, and what it is.
  struct Other {
    uint32_t row = 0;
    ObjectType type = ObjectType::kNone;
  };
  std::vector<uint32_t> row_of;  // by the first one's rows; ascending
  std::vector<Other> others;     // by row
};

// Whether every object of `known` is in `pack` under the same id and with the
// same bytes, and little else is. The bytes are compared: nothing that either
// index says of its pack is believed. Both may be closed. `known` must have
// been found sound, and hold no deltas against other packs' objects; then so
// does `pack`, and its index is sound and leaves out nothing. Nothing if that
// is not so or costs as much as reading. Reads both packs once, on up to
// `threads` threads.
std::optional<SameEntries> FindSameEntries(const PackFile& known,
                                           const PackFile& pack,
                                           uint64_t max_object_size,
                                           unsigned threads = 1);

}  // namespace keysift
