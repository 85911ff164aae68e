// SPDX-License-Identifier: Apache-2.0
#include "source/ignore_rules.h"

#include <utility>

namespace keysift {
namespace {

// Spaces at the end do not count, unless a backslash stands before one.
std::string_view TrimSpaces(std::string_view line) {
  size_t end = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
      end = i < line.size() ? i + 1 : line.size();
    } else if (line[i] != ' ') {
      end = i + 1;
    }
  }
  return line.substr(0, end);
}

std::string_view LastPart(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

IgnoreRules IgnoreRules::Parse(std::string_view text) {
  IgnoreRules rules;
  if (text.starts_with("\xef\xbb\xbf")) {  // UTF-8's byte order mark
    text.remove_prefix(3);
  }
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (!line.starts_with('#')) {
      rules.AddLine(TrimSpaces(line));
    }
  }
  return rules;
}

void IgnoreRules::AddLine(std::string_view line) {
  const bool negated = line.starts_with('!');
  if (negated) {
    line.remove_prefix(1);
  }
  const bool directories_only = line.ends_with('/');
  if (directories_only) {
    line.remove_suffix(1);
  }
  if (line.empty()) {
    return;
  }
  const bool name_only = line.find('/') == std::string_view::npos;
  if (line.starts_with('/')) {
    line.remove_prefix(1);
  }
  const Wildmatch::Slash slash =
      name_only ? Wildmatch::Slash::kName : Wildmatch::Slash::kPath;
  patterns_.push_back(
      Pattern{Wildmatch(line, slash), negated, directories_only, name_only});
}

std::optional<bool> IgnoreRules::Decide(std::string_view path,
                                        bool is_directory) const {
  const std::string_view name = LastPart(path);
  for (size_t i = patterns_.size(); i > 0; --i) {
    const Pattern& pattern = patterns_[i - 1];
    if (pattern.directories_only && !is_directory) {
      continue;
    }
    if (pattern.match.Matches(pattern.name_only ? name : path)) {
      return !pattern.negated;
    }
  }
  return std::nullopt;
}

}  // namespace keysift
