// SPDX-License-Identifier: Apache-2.0
#include "report/paragraph.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "finding/escape.h"

namespace keysift {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::string Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) {
    return "";
  }
  return std::string(
      text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1));
}

// How many bytes of `text` are the mark of a list's item: "12. ", "- ", "* ".
size_t ItemMark(std::string_view text) {
  const size_t digits = text.find_first_not_of("0123456789");
  if (digits != std::string_view::npos && digits > 0 && digits <= 2 &&
      (text[digits] == '.' || text[digits] == ')') &&
      text.substr(digits + 1).starts_with(' ')) {
    return digits + 2;
  }
  return text.starts_with("- ") || text.starts_with("* ") ? 2 : 0;
}

// Breaks "1. Do this. 2. Do that." before each number that comes next.
std::vector<std::string> NumberedSentences(std::string_view line) {
  std::vector<std::string> steps;
  size_t begin = 0;
  for (int next = 2;; ++next) {
    const size_t at =
        line.find(Concat({" ", std::to_string(next), ". "}), begin);
    if (at == std::string_view::npos) {
      break;
    }
    steps.emplace_back(line.substr(begin, at - begin));
    begin = at + 1;
  }
  steps.emplace_back(line.substr(begin));
  return steps;
}

}  // namespace

std::string Paragraph(std::string_view head, std::string_view text) {
  const std::string indent(CountCharacters(head), ' ');
  std::string out(head);
  size_t column = indent.size();
  bool line_start = true;
  for (size_t i = 0; i < text.size();) {
    const size_t end = std::min(text.find(' ', i), text.size());
    const std::string_view word = text.substr(i, end - i);
    i = end + 1;
    if (word.empty()) {
      continue;
    }
    const size_t width = CountCharacters(word);
    if (!line_start && column + 1 + width > kTextWidth) {
      out += '\n';
      out += indent;
      column = indent.size();
      line_start = true;
    }
    if (!line_start) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
    line_start = false;
  }
  return out + '\n';
}

std::string Concat(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    text += part;
  }
  return text;
}

std::string Clipped(std::string_view text, size_t bytes) {
  size_t end = std::min(bytes, text.size());
  while (end < text.size() && end > 0 &&
         (static_cast<uint8_t>(text[end]) & 0xc0) == 0x80) {
    --end;
  }
  return std::string(text.substr(0, end));
}

std::string WithCommas(uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) {
      text += ',';
    }
    text += digits[i];
  }
  return text;
}

std::string Count(uint64_t number, std::string_view one,
                  std::string_view many) {
  return Concat({WithCommas(number), " ", number == 1 ? one : many});
}

std::string Size(uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {"kB", "MB", "GB", "TB", "PB"};
  if (bytes < 1000) {
    return Count(bytes, "byte", "bytes");
  }
  double value = static_cast<double>(bytes) / 1000;
  size_t unit = 0;
  while (value >= 999.95 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  std::array<char, 32> buffer;
  std::snprintf(buffer.data(), buffer.size(), "%.1f %s", value, kUnits[unit]);
  return buffer.data();
}

std::vector<std::string> Steps(std::string_view remediation) {
  std::vector<std::string> steps;
  const std::string text = Trimmed(remediation);
  if (text.find('\n') == std::string::npos) {
    steps = ItemMark(text) > 0 ? NumberedSentences(text)
                               : std::vector<std::string>{text};
  } else {
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find('\n', begin), text.size());
      const std::string line = text.substr(begin, end - begin);
      begin = end + 1;
      // An indented line goes on with the step before.
      if (!steps.empty() && line.starts_with("  ") &&
          ItemMark(Trimmed(line)) == 0) {
        steps.back() += Concat({" ", Trimmed(line)});
      } else {
        steps.push_back(line);
      }
    }
  }
  for (std::string& step : steps) {
    step = Trimmed(step);
    step.erase(0, ItemMark(step));
  }
  std::erase(steps, "");
  return steps;
}

std::string_view ShortId(std::string_view id) { return id.substr(0, 12); }

}  // namespace keysift
