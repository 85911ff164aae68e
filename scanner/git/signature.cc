// SPDX-License-Identifier: Apache-2.0
#include "git/signature.h"

#include <optional>

namespace keysift {
namespace {

std::string_view TrimSpaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

// Digits only, at most 18 of them: within int64_t.
std::optional<int64_t> ParseDigits(std::string_view digits) {
  if (digits.empty() || digits.size() > 18) {
    return std::nullopt;
  }
  int64_t value = 0;
  for (char digit : digits) {
    if (digit < '0' || digit > '9') {
      return std::nullopt;
    }
    value = value * 10 + (digit - '0');
  }
  return value;
}

int32_t ParseZone(std::string_view zone) {
  if (zone.size() != 5 || (zone[0] != '+' && zone[0] != '-')) {
    return 0;
  }
  int64_t digits = ParseDigits(zone.substr(1)).value_or(0);
  int32_t minutes = static_cast<int32_t>(digits / 100 * 60 + digits % 100);
  return zone[0] == '-' ? -minutes : minutes;
}

}  // namespace

Signature Signature::Parse(std::string_view raw) {
  Signature signature;
  signature.raw = raw;
  size_t open = raw.find('<');
  // The last '>', as git takes it: names and addresses have held both.
  size_t close = raw.rfind('>');
  if (open == std::string_view::npos || close == std::string_view::npos ||
      close < open) {
    signature.name = TrimSpaces(raw);
    return signature;
  }
  signature.name = TrimSpaces(raw.substr(0, open));
  signature.email = raw.substr(open + 1, close - open - 1);
  std::string_view when = TrimSpaces(raw.substr(close + 1));
  size_t space = when.find(' ');
  std::string_view seconds = when.substr(0, space);
  bool negative = !seconds.empty() && seconds.front() == '-';
  int64_t time = ParseDigits(seconds.substr(negative ? 1 : 0)).value_or(0);
  signature.time = negative ? -time : time;
  if (space != std::string_view::npos) {
    signature.offset_minutes = ParseZone(TrimSpaces(when.substr(space)));
  }
  return signature;
}

}  // namespace keysift
