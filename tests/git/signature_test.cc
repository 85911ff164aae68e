// SPDX-License-Identifier: Apache-2.0
#include "git/signature.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("name, address, time and zone are taken apart") {
  Signature who = Signature::Parse("A U Thor <a@example.com> 1704067200 -0330");
  CHECK(who.name == "A U Thor");
  CHECK(who.email == "a@example.com");
  CHECK(who.time == 1704067200);
  CHECK(who.offset_minutes == -210);
}

TEST_CASE("times before 1970 are negative") {
  CHECK(Signature::Parse("A <a> -5 +0000").time == -5);
}

TEST_CASE("brackets inside of a name or an address do no harm") {
  Signature who = Signature::Parse("A <b> C <d> 7 +0100");
  CHECK(who.name == "A");
  CHECK(who.time == 7);
  CHECK(who.offset_minutes == 60);
}

TEST_CASE("what cannot be read is empty, the whole is kept") {
  for (const char* raw :
       {"", "A U Thor", "<", ">", "><", "A <a>", "A <a> x", "A <a> 5x +0000",
        "A <a> 99999999999999999999 +0000", "A <a> 0 +00000000000"}) {
    CAPTURE(raw);
    Signature who = Signature::Parse(raw);
    CHECK(who.raw == raw);
    CHECK(who.time == 0);
    CHECK(who.offset_minutes == 0);
  }
}

}  // namespace keysift
