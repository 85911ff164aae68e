// SPDX-License-Identifier: Apache-2.0
// Every check's entry point. A new check is one file check_<name>.cc, one line
// here and one line in checks.cc.
#pragma once

#include "verify/check.h"

namespace keysift {

CheckResult CheckCrc32Github(const CheckInput& input);

}  // namespace keysift
