// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.h"
#include "content/sight.h"

namespace keysift {

// The name under which a value stands, whatever the format: NAME=value,
// name: "value", "name": "value", <name>value</name>, <add key="name"
// value="value"/>, or "name: |" on the line above. Empty if there is none.
Span FindKeyBefore(Sight* sight, uint64_t value_begin);

}  // namespace keysift
