// SPDX-License-Identifier: Apache-2.0
#include "verify/verdict.h"

namespace keysift {
namespace {

Span Shift(Span span, int64_t by) {
  const uint64_t offset = static_cast<uint64_t>(by);
  return Span{span.begin + offset, span.end + offset};
}

}  // namespace

LocalVerdict LocalVerdict::Shifted(int64_t by) const {
  LocalVerdict moved = *this;
  moved.hit = hit.Shifted(by);
  moved.low = low + by;
  moved.high = high + by;
  if (accepted) {
    moved.match = Shift(match, by);
    moved.secret = Shift(secret, by);
  }
  return moved;
}

}  // namespace keysift
