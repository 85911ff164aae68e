// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace keysift {

// "2024-02-29T12:00:00Z" (RFC 3339, UTC) from seconds since 1970. Any value
// is fine: what lies outside of the years 0 to 9999 becomes their first or
// last second, as RFC 3339 has four digits.
std::string FormatRfc3339Utc(int64_t seconds);

}  // namespace keysift
