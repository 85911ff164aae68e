// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keysift {

// The bytes that hex digits of either case stand for; nullopt for an odd number
// of them or any other character.
std::optional<std::string> DecodeHex(std::string_view text);

}  // namespace keysift
