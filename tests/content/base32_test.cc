// SPDX-License-Identifier: Apache-2.0
#include "content/base32.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("the examples of RFC 4648 decode in either case") {
  CHECK(DecodeBase32("MY======") == "f");
  CHECK(DecodeBase32("MZXW6===") == "foo");
  CHECK(DecodeBase32("mzxw6ytboi") == "foobar");
}

TEST_CASE("digits that base32 lacks are refused") {
  CHECK_FALSE(DecodeBase32("MZXW0").has_value());
  CHECK_FALSE(DecodeBase32("MZ=W6").has_value());
}

}  // namespace
}  // namespace keysift
