// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verify/check.h"

namespace keysift {

// The check "service-key": one of KnownServices() is named before the secret
// and has keys of this form; that much of it is the key. Any thread.
CheckResult CheckServiceKey(const CheckInput& input);

}  // namespace keysift
