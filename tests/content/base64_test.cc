// SPDX-License-Identifier: Apache-2.0
#include "content/base64.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("the examples of RFC 4648 decode, padded or not") {
  CHECK(DecodeBase64("") == "");
  CHECK(DecodeBase64("Zg==") == "f");
  CHECK(DecodeBase64("Zg") == "f");
  CHECK(DecodeBase64("Zm8=") == "fo");
  CHECK(DecodeBase64("Zm9v") == "foo");
  CHECK(DecodeBase64("Zm9vYmFy") == "foobar");
}

TEST_CASE("both alphabets decode") {
  CHECK(DecodeBase64("-_-_") == DecodeBase64("+/+/"));
}

TEST_CASE("what is not base64 is refused") {
  CHECK_FALSE(DecodeBase64("Zm9vY").has_value());
  CHECK_FALSE(DecodeBase64("Zm=v").has_value());
  CHECK_FALSE(DecodeBase64("Zm9v=").has_value());
  CHECK_FALSE(DecodeBase64("Zm 9").has_value());
  CHECK_FALSE(DecodeBase64("Z===").has_value());
}

}  // namespace
}  // namespace keysift
