// SPDX-License-Identifier: Apache-2.0
#include "scan/encrypted_texts.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("all encrypted texts of a scan are one gap") {
  EncryptedTexts one;
  one.Add("b", "age");
  one.Add("readable", "");
  EncryptedTexts other;
  other.Add("a", "OpenPGP");
  other.Add("b", "age");
  one.Merge(other);
  std::vector<Gap> gaps;
  one.AddGap(&gaps);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].kind == GapKind::kEncrypted);
  CHECK(gaps[0].what == "2 encrypted files");
  CHECK(gaps[0].where == "a and others");
  CHECK(gaps[0].detail ==
        "what they hold can only be read with a key: OpenPGP, age");
}

TEST_CASE("no encrypted text is no gap") {
  std::vector<Gap> gaps;
  EncryptedTexts().AddGap(&gaps);
  CHECK(gaps.empty());
}

}  // namespace
}  // namespace keysift
