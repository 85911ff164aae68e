// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace keysift {

// As in CMakeLists.txt: "0.1.0".
inline constexpr const char* kVersion = KEYSIFT_VERSION;

}  // namespace keysift
