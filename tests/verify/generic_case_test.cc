// SPDX-License-Identifier: Apache-2.0
#include "verify/generic_case.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

bool OneWord(const char* value) {
  GenericPlace place;
  place.value = value;
  const Case c{place, NameReading(), ReadValue(place.value)};
  return IsOneWord(c);
}

TEST_CASE("one word is letters in one case or capitalised") {
  CHECK(OneWord("wintermute"));
  CHECK(OneWord("Wintermute"));
  CHECK(OneWord("WINTERMUTE"));
  CHECK_FALSE(OneWord("winterMute"));
  CHECK_FALSE(OneWord("wintermute7"));
}

TEST_CASE("a name as an argument is odd where the call sets nothing") {
  GenericPlace place;
  place.name = "password";
  place.gap = "\", \"";
  const auto is_odd = [&place](const char* before) {
    place.before = before;
    const Case c{place, NameReading(), ValueReading()};
    return IsOddCall(c);
  };
  CHECK(is_odd("echo(\""));
  CHECK(is_odd("[\""));
  CHECK(is_odd("except($arguments, array(\""));
  CHECK_FALSE(is_odd("$request->setOption(\""));
  CHECK_FALSE(is_odd("config.set(\""));
  CHECK_FALSE(is_odd("assertEquals(\""));
}

}  // namespace
}  // namespace keysift
