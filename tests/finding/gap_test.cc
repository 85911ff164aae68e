// SPDX-License-Identifier: Apache-2.0
#include "finding/gap.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("each kind has a name that parses back, and an advice") {
  for (int i = 0; i <= static_cast<int>(GapKind::kInterrupted); ++i) {
    const GapKind kind = static_cast<GapKind>(i);
    GapKind parsed = GapKind::kMissing;
    CHECK(ParseGapKind(GapKindName(kind), &parsed));
    CHECK(parsed == kind);
    CHECK(std::string(GapKindAdvice(kind)).back() == '.');
  }
  GapKind kind = GapKind::kLfs;
  CHECK_FALSE(ParseGapKind("gone", &kind));
  CHECK(kind == GapKind::kLfs);
}

}  // namespace keysift
