// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keysift {

// The bytes that base64 text (RFC 4648, either alphabet, with or without
// padding) stands for; nullopt if it holds any other character, misplaced
// padding or an impossible length. No white space is skipped.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace keysift
