// SPDX-License-Identifier: Apache-2.0
#include "git/ewah.h"

#include <bit>
#include <optional>
#include <string_view>

namespace keysift {
namespace {

// gitformat-bitmap, Appendix A: words of 64 bits. A running length word holds,
// from the lowest bit: the repeated bit, how many words repeat it (32 bits),
// and how many literal words follow (31 bits).
constexpr uint64_t kWordBits = 64;
constexpr uint64_t kRunMask = 0xffffffff;
// No index has that many entries; sums of positions below it do not overflow.
constexpr uint64_t kMaxPosition = uint64_t{1} << 48;

tl::unexpected<Error> Damaged() {
  return Fail(ErrorKind::kDamaged, "a bitmap is truncated or out of range");
}

// Appends the bits of one literal word that starts at bit `start`.
bool AppendWord(uint64_t word, uint64_t start, uint32_t limit,
                std::vector<uint32_t>* bits) {
  for (; word != 0; word &= word - 1) {
    uint64_t bit = start + static_cast<uint64_t>(std::countr_zero(word));
    if (bit >= limit) {
      return false;
    }
    bits->push_back(static_cast<uint32_t>(bit));
  }
  return true;
}

}  // namespace

Result<std::vector<uint32_t>> ReadEwah(ByteReader* reader, uint32_t limit) {
  std::optional<uint32_t> bit_count = reader->ReadBig32();
  std::optional<uint32_t> word_count = reader->ReadBig32();
  if (!bit_count || !word_count || reader->remaining() / 8 < *word_count) {
    return Damaged();
  }
  std::vector<uint32_t> bits;
  uint64_t position = 0;
  for (uint32_t i = 0; i < *word_count; ++i) {
    uint64_t run = reader->ReadBig64().value_or(0);
    uint64_t run_bits = ((run >> 1) & kRunMask) * kWordBits;
    if ((run & 1) != 0) {
      if (run_bits > limit || position > limit - run_bits) {
        return Damaged();
      }
      for (uint64_t bit = position; bit < position + run_bits; ++bit) {
        bits.push_back(static_cast<uint32_t>(bit));
      }
    }
    position += run_bits;
    if (position > kMaxPosition) {
      return Damaged();
    }
    uint64_t literals = run >> 33;
    if (literals > *word_count - i - 1) {
      return Damaged();
    }
    for (uint64_t n = 0; n < literals; ++n, position += kWordBits) {
      if (!AppendWord(reader->ReadBig64().value_or(0), position, limit,
                      &bits)) {
        return Damaged();
      }
    }
    i += static_cast<uint32_t>(literals);
  }
  // The position of the last running length word: of use to writers only.
  if (!reader->Skip(4)) {
    return Damaged();
  }
  return bits;
}

}  // namespace keysift
