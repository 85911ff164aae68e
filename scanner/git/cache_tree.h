// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"

namespace keysift {

// What the index's TREE extension says of one directory (gitformat-index,
// "Cache tree"): it stands for that many entries and would make this tree. git
// voids it when something below is staged.
struct CachedTree {
  std::string_view name;       // within its parent; the root's is empty
  int64_t entry_count = -1;    // below it; -1: void
  std::optional<ObjectId> id;  // unless void
  uint32_t subtree_end = 0;    // its subdirectories follow it, up to this row
};

// The rows of the extension, each directory before its subdirectories; row 0
// is the root. Fails with kDamaged. Views live as long as `bytes`. Who relies
// on an id trusts the index to be git's own work: a hand-made index can state
// any.
Result<std::vector<CachedTree>> ParseCacheTree(std::string_view bytes);

}  // namespace keysift
