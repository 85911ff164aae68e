// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace keysift {

// Seconds since 1970 as "2026-11-24T17:00:00Z"; "" outside years 1970-9999.
std::string FormatTimestamp(int64_t seconds);

}  // namespace keysift
