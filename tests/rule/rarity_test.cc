// SPDX-License-Identifier: Apache-2.0
#include "rule/rarity.h"

#include <doctest/doctest.h>

#include <ostream>

namespace keysift {

TEST_CASE("rarer bytes have more bits, and all bytes none") {
  CHECK(Rarity(OneByte('e')) < Rarity(OneByte('q')));
  CHECK(Rarity(OneByte('q')) < Rarity(OneByte('Z')));
  CHECK(Rarity(OneByte('_')) < Rarity(OneByte('~')));
  CHECK(Rarity(Digits()) < Rarity(OneByte('7')));
  CHECK(Rarity(~ByteSet()) == doctest::Approx(0));
  CHECK(Rarity(WordBytes()) < 1);
  CHECK(Rarity(ByteSet()) == 0);
}

}  // namespace keysift
