// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/wildmatch.h"

namespace keysift {

// The patterns of one .gitignore file (or info/exclude), as gitignore(5) has
// them. Immutable; shared by all threads.
class IgnoreRules {
 public:
  static IgnoreRules Parse(std::string_view text);

  // What the last pattern that matches says: true ignored, false taken in
  // again, nullopt no pattern matches. `path` is relative to the file's folder,
  // without a slash at the end. That a folder above is ignored is the caller's
  // to know: nothing below it can be taken in again.
  std::optional<bool> Decide(std::string_view path, bool is_directory) const;

  bool empty() const { return patterns_.empty(); }

 private:
  struct Pattern {
    Wildmatch match;
    bool negated = false;
    bool directories_only = false;
    bool name_only = false;  // no slash: matches the last part of a path
  };

  void AddLine(std::string_view line);

  std::vector<Pattern> patterns_;
};

}  // namespace keysift
