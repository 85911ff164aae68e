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

// Sorts by one digit of the offsets, in the order that there is otherwise.
template <class From, class To, class Offset, class Make>
void SortByDigit(const From& from, unsigned shift, const Offset& offset_of,
                 const Make& make, To* to) {
  const auto digit = [&](const auto& entry) {
    return offset_of(entry) >> shift & (kDigits - 1);
  };
  std::array<uint32_t, kDigits> next{};
  for (const auto& entry : from) {
    ++next[digit(entry)];
  }
  uint32_t sum = 0;
  for (uint32_t& place : next) {
    sum += std::exchange(place, sum);
  }
  for (const auto& entry : from) {
    (*to)[next[digit(entry)]++] = make(entry);
  }
}

// Of a pack below 4 GiB: offset and row fit into one number, which halves what
// is moved.
std::vector<EntryStart> SortSmall(const PackIndex& index) {
  constexpr unsigned kRowBits = 32;
  std::vector<uint64_t> entries(index.count());
  std::vector<uint64_t> sorted(index.count());
  for (uint32_t row = 0; row < index.count(); ++row) {
    entries[row] = index.offset(row) << kRowBits | row;
  }
  const auto offset_of = [](uint64_t entry) { return entry >> kRowBits; };
  const auto keep = [](uint64_t entry) { return entry; };
  SortByDigit(entries, 0, offset_of, keep, &sorted);
  SortByDigit(sorted, kDigitBits, offset_of, keep, &entries);
  std::vector<EntryStart> starts(index.count());
  SortByDigit(
      entries, 2 * kDigitBits, offset_of,
      [](uint64_t entry) {
        return EntryStart{entry >> kRowBits, static_cast<uint32_t>(entry)};
      },
      &starts);
  return starts;
}

}  // namespace

std::vector<EntryStart> EntriesInOrder(const PackIndex& index) {
  uint64_t highest = 0;
  for (uint32_t row = 0; row < index.count(); ++row) {
    highest = std::max(highest, index.offset(row));
  }
  if (highest <= UINT32_MAX) {
    return SortSmall(index);
  }
  std::vector<EntryStart> entries(index.count());
  for (uint32_t row = 0; row < index.count(); ++row) {
    entries[row] = {index.offset(row), row};
  }
  // By the lowest digits first.
  std::vector<EntryStart> sorted(entries.size());
  const unsigned bits = static_cast<unsigned>(std::bit_width(highest));
  for (unsigned shift = 0; shift < bits; shift += kDigitBits) {
    SortByDigit(
        entries, shift, [](const EntryStart& entry) { return entry.offset; },
        [](const EntryStart& entry) { return entry; }, &sorted);
    entries.swap(sorted);
  }
  return entries;
}

}  // namespace keysift
