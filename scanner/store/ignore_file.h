// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keysift {

inline constexpr const char* kIgnoreFileName = ".keysiftignore";

// One accepted finding.
struct IgnoreEntry {
  std::string fingerprint;
  std::string rule;  // for readers only: the fingerprint holds it
  std::string reason;
  std::string owner;
  std::string until;  // YYYY-MM-DD, the last day on which it holds; "": ever
  uint64_t line = 0;  // in the file it was read from; 0 for a new one
};

// Whether `date` is a day of the calendar, written YYYY-MM-DD.
bool IsDate(std::string_view date);
// Whether `entry` holds no longer on the day `today` (YYYY-MM-DD).
bool IsExpired(const IgnoreEntry& entry, std::string_view today);

// The text of a .keysiftignore: one entry a line,
//     FINGERPRINT rule=ID reason="why" owner=who until=YYYY-MM-DD
// with all fields but the first optional, values quoted where they hold spaces
// (\" and \\ inside). '#' begins a comment line. Entries are kept sorted by
// fingerprint, so that two branches seldom touch the same lines; comments and
// blank lines stay where they are, those above an entry go with it. Not
// thread-safe.
class IgnoreFile {
 public:
  // Fails on the first line that is neither entry nor comment (a merge
  // conflict's marks, a wrong date, an unknown field), with where:line.
  static Result<IgnoreFile> Parse(std::string_view text,
                                  const std::string& where);

  std::vector<IgnoreEntry> Entries() const;
  const std::string& where() const { return where_; }

  // Adds an entry, or replaces the one of the same fingerprint. Line breaks in
  // its values become spaces. Fails if fingerprint or date are malformed or the
  // reason is empty.
  Result<void> Add(IgnoreEntry entry);

  // Takes out the entries that `drop` says; returns how many. A comment right
  // above an entry that goes is about that entry and goes with it.
  size_t Prune(const std::function<bool(const IgnoreEntry&)>& drop);

  // The whole file; what Parse read, if nothing was changed (line ends become
  // '\n').
  std::string ToText() const;

 private:
  struct Line {
    std::string text;
    std::optional<IgnoreEntry> entry;
  };

  // Where the comment block above line `index` begins.
  size_t BlockStart(size_t index) const;

  std::vector<Line> lines_;
  std::string where_;
};

}  // namespace keysift
