// SPDX-License-Identifier: Apache-2.0
//
// The bytes of triggers by vectors. For trigger_masks*.cc only: each compiles
// it for other instructions, so all of it is local to the file.
#pragma once

#include <cstdint>

#include "base/byte_vector.h"
#include "match/trigger_masks.h"

namespace keysift {
namespace {

// Digits of a run: five classes, since they are no product of nibbles.
constexpr uint8_t kRunBits = 0x1f;
// The same and '=', which pads base64; "\r" is let in with it.
constexpr uint8_t kWordBits = kRunBits | 0x40;
// What may stand before a line's end where a word was cut.
constexpr uint8_t kCutBits = 0xe0;
constexpr std::string_view kCuts = "\"'+.=\r\\";
constexpr ByteClasses kRunAndCutClasses =
    ByteClasses()
        .Add(0x01, "+-/")
        .Add(0x02, "0123456789")
        .Add(0x04, "ABCDEFGHIJKLMNOabcdefghijklmno")
        .Add(0x08, "PQRSTUVWXYZ_")
        .Add(0x10, "pqrstuvwxyz")
        .Add(0x20, "\"'+.")
        .Add(0x40, "=\r")
        .Add(0x80, "\\");
static_assert(kRunAndCutClasses.IsExactly(
    kRunBits,
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"));
static_assert(kRunAndCutClasses.IsExactly(kCutBits, kCuts));

// A byte and the next one make an escape if they share a class.
constexpr ByteClasses kEscapeClasses =
    ByteClasses().Add(0x01, "%").Add(0x06, "&").Add(0x08, "=").Add(0x70, "\\");
constexpr ByteClasses kEscapedClasses = ByteClasses()
                                            .Add(0x01, "234567")
                                            .Add(0x02, "#")
                                            .Add(0x04, "q")
                                            .Add(0x08, "3")
                                            .Add(0x10, "01")
                                            .Add(0x20, "xu")
                                            .Add(0x40, "\"");

// For bytes [at, at + kSize): nonzero where a sign stands. `classes` are those
// of the bytes.
inline ByteVector SignsAt(const char* at, const ByteVector& here,
                          const ByteVector& classes) {
  const ByteVector next = ByteVector::Load(at + 1);
  return (here.Classes(kEscapeClasses) & next.Classes(kEscapedClasses)) |
         (classes & next.WhereEqual('\n', kCutBits));
}

// Where kCutWord bits stand before, those before the block taken as set.
inline uint64_t AfterWords(uint64_t words) {
  static_assert(TriggerMasks::kCutWord == 8 + 2);
  for (int by : {1, 2, 4, 2}) {
    words &= words << by | ((uint64_t{1} << by) - 1);
  }
  return words << 1 | 1;
}

// Where in the block signs stand.
[[gnu::always_inline]] inline uint64_t SignsOfBlock(const char* bytes) {
  uint64_t signs = 0;
  uint64_t words = 0;
  uint64_t quotes = 0;
  for (int at = 0; at < static_cast<int>(TriggerMasks::kBytes);
       at += ByteVector::kSize) {
    const ByteVector here = ByteVector::Load(bytes + at);
    const ByteVector classes = here.Classes(kRunAndCutClasses);
    signs |= SignsAt(bytes + at, here, classes).HasAny(0xff) << at;
    words |= classes.HasAny(kWordBits) << at;
    quotes |= (here.WhereEqual('"', 1) | here.WhereEqual('\'', 1)).HasAny(1)
              << at;
  }
  return signs & (~quotes | AfterWords(words));
}

// Most blocks have no sign: where they are is asked only if there is one. (Out
// of line, both would fetch their tables anew for each block.)
[[gnu::always_inline]] inline TriggerMasks LookAtBlock(const char* bytes) {
  constexpr int kStep = ByteVector::kSize;
  TriggerMasks masks;
  ByteVector any = ByteVector::Zero();
  for (int at = 0; at < static_cast<int>(TriggerMasks::kBytes); at += kStep) {
    const ByteVector here = ByteVector::Load(bytes + at);
    const ByteVector classes = here.Classes(kRunAndCutClasses);
    masks.runs |= classes.HasAny(kRunBits) << at;
    any = any | SignsAt(bytes + at, here, classes);
  }
  if (any.HasAny(0xff) != 0) {
    masks.signs = SignsOfBlock(bytes);
  }
  return masks;
}

// Not 0 if four groups of four bits, each at a multiple of four, are all set:
// every run of 19 bits holds such groups, and few shorter ones do.
inline uint64_t FullGroups(uint64_t bits) {
  static_assert(TriggerMasks::kRun >= 16 + 3);
  uint64_t full = bits & bits >> 1;
  full &= full >> 2;
  full &= 0x1111111111111111;
  full &= full >> 4;
  return full & full >> 8;
}

// Whether a run of kRun digits may end in the block. Such a run lies in the
// block, or in the piece over its begin.
inline bool MayEndRun(uint64_t now, uint64_t before) {
  constexpr int kOver = 24;
  static_assert(TriggerMasks::kRun <= kOver);
  const uint64_t over = now << kOver | before >> (64 - kOver);
  return (FullGroups(now) | FullGroups(over)) != 0;
}

// All blocks without a branch but for signs: what is rare among them is worth
// no guess of the CPU's at each.
inline uint64_t LookAtBlocks(const char* bytes, uint64_t blocks,
                             uint64_t runs_before, TriggerMasks* masks) {
  uint64_t wanted = 0;
  for (uint64_t i = 0; i < blocks; ++i) {
    masks[i] = LookAtBlock(bytes + i * TriggerMasks::kBytes);
    const bool want =
        MayEndRun(masks[i].runs, runs_before) | (masks[i].signs != 0);
    wanted |= uint64_t{want} << i;
    runs_before = masks[i].runs;
  }
  return wanted;
}

}  // namespace
}  // namespace keysift
