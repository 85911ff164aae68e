// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace keysift {

// Looks for a comment that allows a secret where it stands: on the first or
// last line of `match`, or (detect-secrets' "nextline") on the line above.
// Returns its spelling, or "" if there is none. `ignored` spellings do not
// count. Lines are looked at for kMaxCommentReach bytes on each side.
std::string_view FindAllowComment(std::string_view text, Span match,
                                  const std::vector<std::string>& ignored);

constexpr uint64_t kMaxCommentReach = 16 << 10;

}  // namespace keysift
