// SPDX-License-Identifier: Apache-2.0
#include "verify/filter.h"
#include "verify/marks.h"

namespace keysift {

// Hex that names an object of the repository needs the repository, so that
// filter stands in local.cc.
constexpr Filter kFilters[] = {
    {"template or reference", kMarkReference, FilterReference},
    {"repeated or sequential characters", kMarkSequence, FilterRepetition},
    {"placeholder word", kMarkPlaceholder, FilterPlaceholder},
    {"bare UUID", kMarkReference, FilterUuid},
};
constexpr int kFilterCount =
    static_cast<int>(sizeof(kFilters) / sizeof(Filter));

}  // namespace keysift
