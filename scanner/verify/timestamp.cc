// SPDX-License-Identifier: Apache-2.0
#include "verify/timestamp.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace keysift {

std::string FormatTimestamp(int64_t seconds) {
  constexpr int64_t kDay = 86'400;
  constexpr int64_t kYear10000 = 253'402'300'800;
  if (seconds < 0 || seconds >= kYear10000) {
    return "";
  }
  const std::chrono::sys_days day{
      std::chrono::days(static_cast<int>(seconds / kDay))};
  const std::chrono::year_month_day date(day);
  const int rest = static_cast<int>(seconds % kDay);
  std::array<char, 64> text{};
  const int length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), rest / 3600, rest / 60 % 60,
      rest % 60);
  return std::string(text.data(), static_cast<size_t>(length));
}

}  // namespace keysift
