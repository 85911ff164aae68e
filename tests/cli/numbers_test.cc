// SPDX-License-Identifier: Apache-2.0
#include "cli/numbers.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("counts lie between their bounds") {
  CHECK(ParseCount("7", 1, 10) == 7);
  CHECK_FALSE(ParseCount("0", 1, 10));
  CHECK_FALSE(ParseCount("11", 1, 10));
  CHECK_FALSE(ParseCount("-1", 0, 10));
  CHECK_FALSE(ParseCount("7x", 1, 10));
  CHECK_FALSE(ParseCount("", 0, 10));
  CHECK_FALSE(ParseCount("99999999999999999999", 0, UINT64_MAX));
}

TEST_CASE("sizes have units of powers of 1,024, and do not overflow") {
  CHECK(ParseSize("1000") == 1000);
  CHECK(ParseSize("64k") == 64 << 10);
  CHECK(ParseSize("10M") == 10 << 20);
  CHECK(ParseSize("2G") == uint64_t{2} << 30);
  CHECK_FALSE(ParseSize("2T"));
  CHECK_FALSE(ParseSize("k"));
  CHECK_FALSE(ParseSize("18446744073709551615G"));
}

TEST_CASE("durations are seconds") {
  CHECK(ParseDuration("90") == 90);
  CHECK(ParseDuration("5m") == 300);
  CHECK(ParseDuration("2h") == 7200);
  CHECK_FALSE(ParseDuration("5 m"));
  CHECK_FALSE(ParseDuration("soon"));
}

TEST_CASE("times are days, instants, or how long ago") {
  CHECK(ParseTime("1970-01-02", 0) == 86400);
  CHECK(ParseTime("2024-02-29", 0) == 1709164800);
  CHECK(ParseTime("2024-02-29T01:02:03Z", 0) == 1709164800 + 3723);
  CHECK(ParseTime("2d", 1000000) == 1000000 - 172800);
  CHECK_FALSE(ParseTime("2023-02-29", 0));
  CHECK_FALSE(ParseTime("2024-02-29T01:02:03", 0));
  CHECK_FALSE(ParseTime("2024-02-29 x", 0));
  CHECK_FALSE(ParseTime("yesterday", 0));
}

TEST_CASE("numbers are shown as people read them") {
  CHECK(ShowCount(0) == "0");
  CHECK(ShowCount(999) == "999");
  CHECK(ShowCount(1234567) == "1,234,567");
  CHECK(ShowBytes(999) == "999 B");
  CHECK(ShowBytes(1500) == "1.5 kB");
  CHECK(ShowBytes(3360000000) == "3.4 GB");
  CHECK(ShowBytes(999999) == "1.0 MB");
  CHECK(ShowSeconds(1.25) == "1.25 s");
  CHECK(ShowSeconds(180) == "3 min");
  CHECK(ShowSeconds(7200) == "2.0 h");
  CHECK(ShowPlural(1, "finding") == "1 finding");
  CHECK(ShowPlural(2, "finding") == "2 findings");
}

}  // namespace
}  // namespace keysift
