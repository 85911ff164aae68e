// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/span.h"
#include "content/sight.h"

namespace keysift {

// The digits (as `is_digit` has it) around the byte before `hit_end`, over line
// ends where they were wrapped: lines of one length of 40 or more and a last
// one that is no longer, each indented at will. Empty if no digit is there.
Span FindDigitBlock(Sight* sight, uint64_t hit_end, uint64_t max_size,
                    bool (*is_digit)(int byte));

}  // namespace keysift
