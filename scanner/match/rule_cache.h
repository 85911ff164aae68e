// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "match/pattern_database.h"
#include "rule/rule_list.h"

namespace keysift {

// The pattern database of rules that are not built in. Taken from `cache_dir`
// if it was compiled before from the same hit forms, by the same Hyperscan for
// the same kind of CPU; else compiled (a second or more for hundreds of rules)
// and kept there, mode 0600, written atomically. A cache that is damaged, not
// ours or cannot be written is as good as none. "" as `cache_dir`: no cache.
// `from_cache` says which it was. Fails as PatternDatabase::Compile does.
Result<PatternDatabase> CompileRules(const RuleSet& rules,
                                     const std::string& cache_dir,
                                     bool* from_cache);

// $XDG_CACHE_HOME/keysift or ~/.cache/keysift; "" if neither is set.
std::string DefaultCacheDirectory();

}  // namespace keysift
