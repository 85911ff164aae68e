// SPDX-License-Identifier: Apache-2.0
#include "verify/stand_in.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("what names a password's place stands in for it") {
  for (const char* password : {"password", "my_password", "db-pass", "$db_pass",
                               "%7bpassword%7d", "${pass}", "changeme1", "p"}) {
    CAPTURE(password);
    CHECK(IsStandIn(password));
  }
  for (const char* password :
       {"q7zr2kw9", "test", "admin1984", "$1ecret", "my_password7", "b"}) {
    CAPTURE(password);
    CHECK_FALSE(IsStandIn(password));
  }
}

}  // namespace
}  // namespace keysift
