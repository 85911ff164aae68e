// SPDX-License-Identifier: Apache-2.0
#include "base/hmac.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("HMAC-SHA-256 gives the digests of RFC 4231") {
  // Test cases 2 and 6 (a key longer than a block).
  CHECK(ToHex(HmacSha256("Jefe", "what do ya want for nothing?"), 64) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(ToHex(HmacSha256(std::string(131, '\xaa'),
                         "Test Using Larger Than Block-Size Key - Hash Key "
                         "First"),
              8) == "60e43159");
}

TEST_CASE("HMAC with longer digests gives those of RFC 4231") {
  // Test case 2.
  const std::string_view text = "what do ya want for nothing?";
  const std::string longer = HmacSha384("Jefe", text);
  CHECK(longer.size() == 48);
  CHECK(longer.substr(0, 4) == "\xaf\x45\xd2\xe3");
  const std::string longest = HmacSha512("Jefe", text);
  CHECK(longest.size() == 64);
  CHECK(longest.substr(0, 4) == "\x16\x4b\x7a\x7b");
}

TEST_CASE("PBKDF2 gives the digest of RFC 7914") {
  // Section 11, first 32 bytes.
  CHECK(ToHex(Pbkdf2Sha256("passwd", "salt", 1), 64) ==
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
  CHECK(ToBytes(Pbkdf2Sha256("", "", 2)).size() == 32);
}

}  // namespace keysift
