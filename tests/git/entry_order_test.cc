// SPDX-License-Identifier: Apache-2.0
#include "git/entry_order.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "base/sha.h"
#include "support/zlib_stream.h"

namespace keysift {
namespace {

// An index, version 2, whose rows begin at `offsets`.
PackIndex IndexOf(const std::vector<uint64_t>& offsets) {
  std::string index = "\377tOc" + Big32(2);
  for (int first = 0; first < 256; ++first) {
    index += Big32(first == 255 ? static_cast<uint32_t>(offsets.size()) : 0);
  }
  for (size_t i = 0; i < offsets.size(); ++i) {
    index += std::string(16, '\377') + Big32(static_cast<uint32_t>(i));
  }
  index += std::string(4 * offsets.size(), '\0');
  std::string large;
  for (const uint64_t offset : offsets) {
    const bool is_small = offset < 0x80000000;
    index += Big32(static_cast<uint32_t>(
        is_small ? offset : 0x80000000 | large.size() / 8));
    large += is_small ? "" : Big64(offset);
  }
  index += large + std::string(20, 'p');
  for (const uint8_t byte : Sha1Of(index)) {
    index += static_cast<char>(byte);
  }
  return std::move(*PackIndex::Own(std::move(index)));
}

}  // namespace

TEST_CASE("entries come in the order of their offsets, then rows") {
  std::mt19937_64 random(3);
  for (const uint64_t limit : {uint64_t{1}, uint64_t{20}, uint64_t{1} << 12,
                               uint64_t{1} << 31, uint64_t{1} << 45}) {
    std::vector<uint64_t> offsets(700);
    for (uint64_t& offset : offsets) {
      offset = random() % limit;
    }
    const std::vector<EntryStart> order = EntriesInOrder(IndexOf(offsets));
    REQUIRE(order.size() == offsets.size());
    std::vector<bool> seen(offsets.size());
    for (size_t i = 0; i < order.size(); ++i) {
      CHECK(order[i].offset == offsets[order[i].row]);
      CHECK_FALSE(seen[order[i].row]);
      seen[order[i].row] = true;
      if (i > 0) {
        CHECK(std::pair(order[i - 1].offset, order[i - 1].row) <
              std::pair(order[i].offset, order[i].row));
      }
    }
  }
  CHECK(EntriesInOrder(IndexOf({})).empty());
}

}  // namespace keysift
