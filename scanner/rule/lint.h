// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "rule/rule_file.h"

namespace keysift {

// Says whether verify/checks.cc has a check of this name.
using IsCheckName = std::function<bool(std::string_view)>;

// All mistakes of one file that rules/README.md names: those that reading found
// and those that only a second look shows (too few examples, a `hit` that
// misses matches of `regex`, a check that is not there). Cross references
// between files are MergeRuleFiles' to check. With a null `is_check` checks are
// not looked up. A file of the gitleaks dialect needs no examples.
Problems LintRuleFile(const RuleFile& file, const IsCheckName& is_check);

}  // namespace keysift
