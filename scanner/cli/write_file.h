// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keysift {

// Writes a file that others are to read or run (a hook, an ignore file), whole
// or not at all: beside it, then renamed over it. `mode` as chmod takes it. A
// symbolic link at `path` is replaced, not followed. Fails with kIo.
Result<void> WriteFile(const std::string& path, std::string_view bytes,
                       unsigned mode);

// Makes a folder with all its parents. Fails with kIo.
Result<void> MakeFolder(const std::string& path);

}  // namespace keysift
