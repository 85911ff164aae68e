// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/pack_index.h"

namespace keysift {

// Something in a pack that cannot be used.
struct PackProblem;

// What a pack says of itself.
struct IndexedPack {
  PackIndex index;             // owns its bytes; may hold an id twice
  std::vector<uint64_t> ends;  // of the entries, in the order of offsets
};

// Indexes the bytes of a pack without its .idx file, by walking its entries
// and hashing every object; header and trailer are not believed. Where bytes
// are no entry, or an object cannot be rebuilt, that is a problem, and the rest
// of the pack is found all the same. `path` is for messages. Deltas whose base
// is not in this pack have no id that could be known: problems too. Fails only
// if the pack is too short to hold anything.
Result<IndexedPack> IndexPack(const std::string& path, std::string_view pack,
                              std::vector<PackProblem>* problems);

}  // namespace keysift
