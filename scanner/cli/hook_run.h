// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace keysift {

// Does what git's hook of that name is for, with git's own arguments, standard
// input and environment. Everything for people goes to stderr, which git shows
// to who commits or pushes. Returns what the hook is to end with: 0 lets pass,
// 1 refuses for findings, 2 for errors, 3 because something could not be
// scanned.
int RunHook(const std::string& name, const std::vector<std::string>& arguments);

// The hooks that RunHook knows, in the order that help lists them.
const std::vector<std::string>& HookNames();

}  // namespace keysift
