// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keysift {

// The bytes that base32 text (RFC 4648, either case, with or without padding)
// stands for; nullopt if it holds any other character. Left-over bits of the
// last character are dropped.
std::optional<std::string> DecodeBase32(std::string_view text);

}  // namespace keysift
