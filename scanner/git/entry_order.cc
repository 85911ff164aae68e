// SPDX-License-Identifier: Apache-2.0
#include "git/entry_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace keysift {
namespace {

constexpr unsigned kDigitBits = 11;
constexpr size_t kDigits = size_t{1} << kDigitBits;

}  // namespace

std::vector<EntryStart> EntriesInOrder(const PackIndex& index) {
  std::vector<EntryStart> entries(index.count());
  uint64_t highest = 0;
  for (uint32_t row = 0; row < index.count(); ++row) {
    entries[row] = {index.offset(row), row};
    highest = std::max(highest, entries[row].offset);
  }
  // By the lowest digits first, each time in the order of the last.
  std::vector<EntryStart> sorted(entries.size());
  const unsigned bits = static_cast<unsigned>(std::bit_width(highest));
  for (unsigned shift = 0; shift < bits; shift += kDigitBits) {
    const auto digit = [shift](const EntryStart& entry) {
      return entry.offset >> shift & (kDigits - 1);
    };
    std::array<uint32_t, kDigits> next{};
    for (const EntryStart& entry : entries) {
      ++next[digit(entry)];
    }
    uint32_t sum = 0;
    for (uint32_t& place : next) {
      sum += std::exchange(place, sum);
    }
    for (const EntryStart& entry : entries) {
      sorted[next[digit(entry)]++] = entry;
    }
    entries.swap(sorted);
  }
  return entries;
}

}  // namespace keysift
