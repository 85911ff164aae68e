// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "verify/check.h"

namespace keysift {

enum class ByteOrder { kBig, kLittle };

// Whether `hex` is the 8 digits of `crc`, its bytes in that order.
bool IsCrcHex(std::string_view hex, uint32_t crc, ByteOrder order);

// "checksum ok" or "checksum failed".
CheckResult ChecksumResult(bool ok);

// A token cut at its n-th '_': what comes after it, or "".
std::string_view AfterUnderscore(std::string_view token, int n);

}  // namespace keysift
