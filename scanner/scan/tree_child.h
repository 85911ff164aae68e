// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace keysift {

// What a tree holds under a name: something found, or a tree that leads to it.
// By numbers: objects of a store or rows of one pack, names of a table.
struct TreeChild {
  uint32_t tree = 0;
  uint32_t child = 0;
  uint32_t name = 0;
  auto operator<=>(const TreeChild&) const = default;
};

}  // namespace keysift
