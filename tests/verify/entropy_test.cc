// SPDX-License-Identifier: Apache-2.0
#include "verify/entropy.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("entropy of known frequencies") {
  CHECK(ShannonEntropy("") == doctest::Approx(0));
  CHECK(ShannonEntropy("aaaa") == doctest::Approx(0));
  CHECK(ShannonEntropy("abab") == doctest::Approx(1));
  CHECK(ShannonEntropy("abcd") == doctest::Approx(2));
  CHECK(ShannonEntropy("0123456789abcdef") == doctest::Approx(4));
}

TEST_CASE("the narrowest class that holds all bytes") {
  CHECK(ClassifyCharacters("0123") == CharacterClass::kDigits);
  CHECK(ClassifyCharacters("01ab") == CharacterClass::kHex);
  CHECK(ClassifyCharacters("AZ27") == CharacterClass::kBase32);
  CHECK(ClassifyCharacters("AZaz09") == CharacterClass::kBase62);
  CHECK(ClassifyCharacters("AZ+/") == CharacterClass::kBase64);
  CHECK(ClassifyCharacters("a b") == CharacterClass::kAny);
  CHECK(ClassifyCharacters("") == CharacterClass::kAny);
}

TEST_CASE("expected entropy grows with length towards the alphabet's") {
  const CharacterClass hex = CharacterClass::kHex;
  CHECK(ExpectedEntropy(hex, 1) == doctest::Approx(0));
  CHECK(ExpectedEntropy(hex, 20) < ExpectedEntropy(hex, 200));
  CHECK(ExpectedEntropy(hex, 200) < 4);
  CHECK(ExpectedEntropy(CharacterClass::kBase62, 36) < 5.17);
}

TEST_CASE("entropy is written with two digits") {
  CHECK(FormatEntropy(4.626) == "4.63");
}

}  // namespace
}  // namespace keysift
