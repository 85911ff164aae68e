// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <doctest/doctest.h>

#include <ctime>

namespace keysift {

TEST_CASE("times are shown in UTC") {
  CHECK(FormatRfc3339Utc(0) == "1970-01-01T00:00:00Z");
  CHECK(FormatRfc3339Utc(1709208000) == "2024-02-29T12:00:00Z");
  CHECK(FormatRfc3339Utc(-1) == "1969-12-31T23:59:59Z");
}

TEST_CASE("times outside of four-digit years are cut to those") {
  CHECK(FormatRfc3339Utc(INT64_MAX) == "9999-12-31T23:59:59Z");
  CHECK(FormatRfc3339Utc(INT64_MIN) == "0000-01-01T00:00:00Z");
}

TEST_CASE("every day of 400 years is as the C library has it") {
  for (int64_t day = -80'000; day < 70'000; ++day) {
    std::time_t seconds = day * 86400 + 3661;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (FormatRfc3339Utc(seconds) != text) {
      FAIL(text);
    }
  }
}

}  // namespace keysift
