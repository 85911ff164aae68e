// SPDX-License-Identifier: Apache-2.0
#include "git/header_lines.h"

namespace keysift {
namespace {

std::string_view TrimBlanks(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r\v\f";
  size_t first = line.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return line.substr(first, line.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

bool HeaderLines::Next() {
  while (position_ < bytes_.size()) {
    size_t end = bytes_.find('\n', position_);
    bool ended = end != std::string_view::npos;
    std::string_view line =
        bytes_.substr(position_, (ended ? end : bytes_.size()) - position_);
    position_ = ended ? end + 1 : bytes_.size();
    if (line.empty()) {
      return false;
    }
    if (line.front() == ' ') {
      continue;
    }
    size_t space = line.find(' ');
    key_ = line.substr(0, space);
    value_ = space == std::string_view::npos ? std::string_view()
                                             : line.substr(space + 1);
    return true;
  }
  return false;
}

std::string SummaryOf(std::string_view message) {
  std::string summary;
  while (!message.empty()) {
    size_t end = message.find('\n');
    std::string_view line = TrimBlanks(message.substr(0, end));
    message.remove_prefix(end == std::string_view::npos ? message.size()
                                                        : end + 1);
    if (line.empty()) {
      if (!summary.empty()) {
        break;  // the paragraph's end; before it, empty lines are passed over
      }
      continue;
    }
    if (!summary.empty()) {
      summary += ' ';
    }
    summary += line;
  }
  return summary;
}

}  // namespace keysift
