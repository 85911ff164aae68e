// SPDX-License-Identifier: Apache-2.0
#include "cli/numbers.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string_view>

namespace keysift {
namespace {

std::optional<uint64_t> Digits(std::string_view text) {
  uint64_t value = 0;
  const char* end = text.data() + text.size();
  const std::from_chars_result result =
      std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) {
    return std::nullopt;
  }
  return value;
}

// Splits "30d" into 30 and "d".
std::optional<uint64_t> DigitsBefore(std::string_view text,
                                     std::string_view* unit) {
  size_t end = 0;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') {
    ++end;
  }
  *unit = text.substr(end);
  return Digits(text.substr(0, end));
}

// The number in text[begin, begin + width), if it lies in [least, most].
std::optional<int> Part(std::string_view text, size_t begin, size_t width,
                        int least, int most) {
  if (begin + width > text.size()) {
    return std::nullopt;
  }
  const std::optional<uint64_t> value = Digits(text.substr(begin, width));
  if (!value || *value < static_cast<uint64_t>(least) ||
      *value > static_cast<uint64_t>(most)) {
    return std::nullopt;
  }
  return static_cast<int>(*value);
}

// Midnight of "YYYY-MM-DD".
std::optional<int64_t> ParseDay(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const std::optional<int> year = Part(text, 0, 4, 1, 9999);
  const std::optional<int> month = Part(text, 5, 2, 1, 12);
  const std::optional<int> day = Part(text, 8, 2, 1, 31);
  if (!year || !month || !day) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{
      std::chrono::year(*year),
      std::chrono::month(static_cast<unsigned>(*month)),
      std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date).time_since_epoch().count() *
         int64_t{86400};
}

// "THH:MM:SSZ", as seconds.
std::optional<int64_t> ParseClock(std::string_view text) {
  if (text.size() != 10 || text[0] != 'T' || text[3] != ':' || text[6] != ':' ||
      text[9] != 'Z') {
    return std::nullopt;
  }
  const std::optional<int> hours = Part(text, 1, 2, 0, 23);
  const std::optional<int> minutes = Part(text, 4, 2, 0, 59);
  const std::optional<int> seconds = Part(text, 7, 2, 0, 60);
  if (!hours || !minutes || !seconds) {
    return std::nullopt;
  }
  return *hours * 3600 + *minutes * 60 + *seconds;
}

std::string Format(const char* format, double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

}  // namespace

Result<uint64_t> ParseCount(const std::string& text, uint64_t least,
                            uint64_t most) {
  const std::optional<uint64_t> value = Digits(text);
  if (!value || *value < least || *value > most) {
    return Fail(ErrorKind::kUsage,
                "takes a whole number from " + std::to_string(least) + " to " +
                    std::to_string(most) + ", not \"" + text + "\"");
  }
  return *value;
}

Result<uint64_t> ParseSize(const std::string& text) {
  std::string_view unit;
  const std::optional<uint64_t> value = DigitsBefore(text, &unit);
  int shift = -1;
  if (unit.empty()) {
    shift = 0;
  } else if (unit == "k" || unit == "K") {
    shift = 10;
  } else if (unit == "m" || unit == "M") {
    shift = 20;
  } else if (unit == "g" || unit == "G") {
    shift = 30;
  }
  if (!value || shift < 0 || *value > (UINT64_MAX >> shift)) {
    return Fail(ErrorKind::kUsage,
                "takes bytes as 1000, 64k, 10M or 2G, not \"" + text + "\"");
  }
  return *value << shift;
}

Result<double> ParseDuration(const std::string& text) {
  std::string_view unit;
  const std::optional<uint64_t> value = DigitsBefore(text, &unit);
  double seconds = 0;
  if (unit.empty() || unit == "s") {
    seconds = 1;
  } else if (unit == "m") {
    seconds = 60;
  } else if (unit == "h") {
    seconds = 3600;
  }
  if (!value || seconds == 0) {
    return Fail(ErrorKind::kUsage,
                "takes a time as 90, 90s, 5m or 2h, not \"" + text + "\"");
  }
  return static_cast<double>(*value) * seconds;
}

Result<int64_t> ParseTime(const std::string& text, int64_t now) {
  const std::string_view view = text;
  const std::optional<int64_t> day = ParseDay(view);
  if (day && view.size() == 10) {
    return *day;
  }
  if (day) {
    const std::optional<int64_t> clock = ParseClock(view.substr(10));
    if (clock) {
      return *day + *clock;
    }
  }
  std::string_view unit;
  const std::optional<uint64_t> value = DigitsBefore(view, &unit);
  const int64_t hours = unit == "h"   ? 1
                        : unit == "d" ? 24
                        : unit == "w" ? 168
                                      : 0;
  if (!value || hours == 0 || *value > 1'000'000) {
    return Fail(ErrorKind::kUsage,
                "takes a day (2026-01-31), a time (2026-01-31T12:00:00Z) or "
                "how long ago (12h, 30d, 2w), not \"" +
                    text + "\"");
  }
  return now - static_cast<int64_t>(*value) * hours * 3600;
}

std::string ShowCount(uint64_t count) {
  std::string digits = std::to_string(count);
  for (size_t i = digits.size(); i > 3;) {
    i -= 3;
    digits.insert(i, 1, ',');
  }
  return digits;
}

std::string ShowBytes(uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes);
  size_t unit = 0;
  while (value >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return Format(unit == 0 || value >= 99.95 ? "%.0f " : "%.1f ", value) +
         kUnits[unit];
}

std::string ShowSeconds(double seconds) {
  if (seconds < 99.5) {
    return Format(seconds < 10 ? "%.2f s" : "%.0f s", seconds);
  }
  return seconds < 5400 ? Format("%.0f min", seconds / 60)
                        : Format("%.1f h", seconds / 3600);
}

std::string ShowPlural(uint64_t count, const std::string& noun) {
  return ShowCount(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace keysift
