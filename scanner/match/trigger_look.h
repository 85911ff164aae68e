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

// Signs are rare: where in the block they are is asked only if there is one.
inline TriggerMasks LookAtBlock(const char* bytes) {
  constexpr int kStep = ByteVector::kSize;
  TriggerMasks masks;
  ByteVector any = ByteVector::Zero();
  for (int at = 0; at < static_cast<int>(TriggerMasks::kBytes); at += kStep) {
    const ByteVector here = ByteVector::Load(bytes + at);
    const ByteVector classes = here.Classes(kRunAndCutClasses);
    masks.runs |= classes.HasAny(kRunBits) << at;
    any = any | SignsAt(bytes + at, here, classes);
  }
  if (any.HasAny(0xff) == 0) {
    return masks;
  }
  for (int at = 0; at < static_cast<int>(TriggerMasks::kBytes); at += kStep) {
    const ByteVector here = ByteVector::Load(bytes + at);
    const ByteVector classes = here.Classes(kRunAndCutClasses);
    masks.signs |= SignsAt(bytes + at, here, classes).HasAny(0xff) << at;
  }
  return masks;
}

}  // namespace
}  // namespace keysift
