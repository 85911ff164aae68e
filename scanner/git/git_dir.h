// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keysift {

// The most that the small files of a git directory (HEAD, `.git` files,
// commondir) may hold.
constexpr uint64_t kMaxSmallFile = 64 * 1024;

// Whether a directory has what makes a git directory: a HEAD that looks like
// one, and objects and refs, its own or those of its commondir.
bool IsGitDirectory(const std::string& path);

// The git directory of exactly this folder: the one that its `.git` is or
// names, or itself; empty if it is none. Fails as FollowGitFile().
Result<std::string> GitDirAt(const std::string& path);

// The git directory that a `.git` file names (gitrepository-layout: "gitdir:
// <path>", relative to the file's folder). Fails with kDamaged if it names
// none, kNotFound if that is no git directory, or kIo.
Result<std::string> FollowGitFile(const std::string& path);

// The git directories of submodules below "<common>/modules", those of their
// submodules too; sorted.
std::vector<std::string> ListModules(const std::string& modules);

// A path's parts, by its last slash; of absolute paths.
std::string ParentOf(const std::string& path);
std::string NameOf(const std::string& path);

// Without the line ends at the end.
std::string_view CutLineEnd(std::string_view text);

}  // namespace keysift
