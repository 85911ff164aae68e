// SPDX-License-Identifier: Apache-2.0
#include "git/quoted_path.h"

#include <utility>

namespace keysift {
namespace {

// The letter after a backslash that stands for one byte; '\0' if none.
char EscapedByte(char letter) {
  constexpr std::string_view kLetters = "abtnvfr\"\\";
  constexpr std::string_view kBytes = "\a\b\t\n\v\f\r\"\\";
  size_t at = kLetters.find(letter);
  return at == std::string_view::npos ? '\0' : kBytes[at];
}

bool IsOctal(char letter) { return letter >= '0' && letter <= '7'; }

}  // namespace

std::optional<std::string> TakeQuotedPath(std::string_view* text) {
  if (text->empty() || text->front() != '"') {
    return std::nullopt;
  }
  std::string path;
  for (size_t at = 1; at < text->size(); ++at) {
    char letter = (*text)[at];
    if (letter == '"') {
      text->remove_prefix(at + 1);
      return path;
    }
    if (letter != '\\') {
      path += letter;
      continue;
    }
    std::string_view rest = text->substr(at + 1);
    if (rest.size() >= 3 && rest[0] <= '3' && IsOctal(rest[0]) &&
        IsOctal(rest[1]) && IsOctal(rest[2])) {
      path += static_cast<char>((rest[0] - '0') * 64 + (rest[1] - '0') * 8 +
                                (rest[2] - '0'));
      at += 3;
    } else if (!rest.empty() && EscapedByte(rest[0]) != '\0') {
      path += EscapedByte(rest[0]);
      at += 1;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::vector<std::string> SplitPathList(std::string_view text, char separator) {
  std::vector<std::string> paths;
  while (!text.empty()) {
    std::string_view after = text;
    std::optional<std::string> quoted = TakeQuotedPath(&after);
    bool well_quoted = quoted && (after.empty() || after.front() == separator);
    if (!well_quoted) {
      after = text;
    }
    std::string_view plain = after.substr(0, after.find(separator));
    std::string path = well_quoted ? std::move(*quoted) : std::string(plain);
    after.remove_prefix(plain.size());
    if (!path.empty() && (well_quoted || path.front() != '#')) {
      paths.push_back(std::move(path));
    }
    text = after.empty() ? after : after.substr(1);
  }
  return paths;
}

}  // namespace keysift
