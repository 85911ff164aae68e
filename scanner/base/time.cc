// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <algorithm>
#include <cstdio>

namespace keysift {
namespace {

constexpr int64_t kSecondsPerDay = 86400;
constexpr int64_t kFirstSecond = -62167219200;  // 0000-01-01T00:00:00Z
constexpr int64_t kLastSecond = 253402300799;   // 9999-12-31T23:59:59Z
constexpr int64_t kDaysPerEra = 146097;         // 400 Gregorian years
constexpr int64_t kDaysTo1970 = 719468;         // from 0000-03-01

}  // namespace

std::string FormatRfc3339Utc(int64_t seconds) {
  seconds = std::clamp(seconds, kFirstSecond, kLastSecond);
  int64_t days = seconds / kSecondsPerDay;
  int64_t rest = seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  // Count years from March, so that a leap day is the last of its year. The
  // first days of year 0 fall into the era before: shift by one era.
  int64_t day = days + kDaysTo1970 + kDaysPerEra;
  int64_t era = day / kDaysPerEra;
  int64_t day_of_era = day % kDaysPerEra;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                         day_of_era / 146096) /
                        365;
  int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month_from_march = (5 * day_of_year + 2) / 153;
  int64_t day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  int64_t month =
      month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  int64_t year = (era - 1) * 400 + year_of_era + (month <= 2 ? 1 : 0);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ",
                static_cast<int>(year), static_cast<int>(month),
                static_cast<int>(day_of_month), static_cast<int>(rest / 3600),
                static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return text;
}

}  // namespace keysift
