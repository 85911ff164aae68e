// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace keysift {

// How a text is encrypted as a whole, told by what it begins with: "age",
// "git-crypt", …; empty if it is not, or in a way that has no such mark. The
// answer lives forever.
std::string_view EncryptionOf(std::string_view bytes);

}  // namespace keysift
