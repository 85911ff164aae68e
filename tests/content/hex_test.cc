// SPDX-License-Identifier: Apache-2.0
#include "content/hex.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("hex of either case decodes") {
  CHECK(DecodeHex("6b65Y") == std::nullopt);
  CHECK(DecodeHex("6b6579") == "key");
  CHECK(DecodeHex("4F4f") == "OO");
}

TEST_CASE("an odd number of digits is refused") {
  CHECK_FALSE(DecodeHex("6b6").has_value());
  CHECK_FALSE(DecodeHex("6g").has_value());
}

}  // namespace
}  // namespace keysift
