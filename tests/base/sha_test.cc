// SPDX-License-Identifier: Apache-2.0
#include "base/sha.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("known digests come out") {
  CHECK(Sha256Hex("") ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(Sha256Hex("abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(Sha1Of("abc")[0] == 0xa9);
  CHECK(Sha1Of("abc")[19] == 0x9d);
}

TEST_CASE("pieces give the digest of the whole, again after Finish") {
  Sha1 sha1;
  Sha256 sha256;
  for (int round = 0; round < 2; ++round) {
    for (std::string_view piece : {"a", "", "bc"}) {
      sha1.Update(piece);
      sha256.Update(piece);
    }
    CHECK(sha1.Finish() == Sha1Of("abc"));
    CHECK(sha256.Finish() == Sha256Of("abc"));
  }
}

}  // namespace keysift
