// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keysift {

// RFC 4648 with padding, for bytes that JSON cannot hold.
std::string Base64(std::string_view bytes);
// Nothing if `text` is not what Base64 writes.
std::optional<std::string> FromBase64(std::string_view text);

}  // namespace keysift
