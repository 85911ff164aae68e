// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace keysift {

inline constexpr const char* kToolName = "keysift";

// keysift's version, "0.1.0": the one of the top CMakeLists.txt.
const char* ToolVersion();

}  // namespace keysift
