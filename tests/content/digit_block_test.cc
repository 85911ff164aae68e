// SPDX-License-Identifier: Apache-2.0
#include "content/digit_block.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

bool IsDigit(int byte) { return byte >= '0' && byte <= '9'; }

}  // namespace

TEST_CASE("a wrapped block is the same seen from each of its lines") {
  const std::string line(60, '7');
  const std::string text =
      "a: " + line + "\n   " + line + "\n\t" + line + "\n123\nb";
  const uint64_t end = text.size() - 2;
  for (uint64_t at = 4; at < end; ++at) {
    if (IsDigit(text[at - 1])) {
      Sight sight(text);
      const Span span = FindDigitBlock(&sight, at, 1 << 20, IsDigit);
      REQUIRE(span == Span{3, end});
      CHECK(sight.low() <= 2);
      CHECK(sight.high() > static_cast<int64_t>(end));
    }
  }
}

TEST_CASE("the limit is passed by little and not unnoticed") {
  const std::string text(10000, '7');
  Sight sight(text);
  const Span span = FindDigitBlock(&sight, 5000, 100, IsDigit);
  CHECK(span.size() > 100);
  CHECK(span.size() < 300);
}

TEST_CASE("no digit, no block") {
  Sight sight("abc");
  CHECK(FindDigitBlock(&sight, 2, 100, IsDigit).empty());
}

}  // namespace keysift
