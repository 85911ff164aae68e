// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace keysift {

// What people type. Each fails with kUsage and says what it would take.
Result<uint64_t> ParseCount(const std::string& text, uint64_t least,
                            uint64_t most);
// Bytes: "1000", "64k", "10M", "2G" (powers of 1,024, either case).
Result<uint64_t> ParseSize(const std::string& text);
// Seconds: "90", "90s", "5m", "2h".
Result<double> ParseDuration(const std::string& text);
// Seconds since 1970, UTC: "2026-01-31", "2026-01-31T12:00:00Z", or how long
// before `now`: "12h", "30d", "2w".
Result<int64_t> ParseTime(const std::string& text, int64_t now);

// What people read: "12,345", "1.2 GB" (powers of ten), "1.25 s", "3 min".
std::string ShowCount(uint64_t count);
std::string ShowBytes(uint64_t bytes);
std::string ShowSeconds(double seconds);
// "1 finding", "2 findings".
std::string ShowPlural(uint64_t count, const std::string& noun);

}  // namespace keysift
