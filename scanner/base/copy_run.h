// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace keysift {

// A piece of a text that was copied as it is from another text, its base:
// text[begin, begin + size) == base[base_begin, base_begin + size).
struct CopyRun {
  uint64_t base_begin = 0;
  uint64_t begin = 0;
  uint64_t size = 0;

  uint64_t base_end() const { return base_begin + size; }
  uint64_t end() const { return begin + size; }
  bool operator==(const CopyRun& other) const = default;
};

// How a text of `size` bytes came from a base of `base_size` bytes. `runs` are
// in the order of the text, do not overlap in it, and are maximal: two that are
// neighbours in both texts are one. What lies between runs was inserted.
struct CopyMap {
  uint64_t base_size = 0;
  uint64_t size = 0;
  const CopyRun* runs = nullptr;
  uint64_t count = 0;

  // Whether the run carries the base's first edge to the text's first edge:
  // that nothing stands before is then known of both.
  bool MapsStart(const CopyRun& run) const {
    return run.base_begin == 0 && run.begin == 0;
  }
  bool MapsEnd(const CopyRun& run) const {
    return run.base_end() == base_size && run.end() == size;
  }
  // The lowest and one past the highest position of the base that the run
  // copies, where -1 and base_size are the edges themselves.
  int64_t Low(const CopyRun& run) const {
    return MapsStart(run) ? -1 : static_cast<int64_t>(run.base_begin);
  }
  int64_t High(const CopyRun& run) const {
    return static_cast<int64_t>(run.base_end()) + (MapsEnd(run) ? 1 : 0);
  }
};

}  // namespace keysift
