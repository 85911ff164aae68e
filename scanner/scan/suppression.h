// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "finding/scan_report.h"
#include "git/object_id.h"
#include "scan/scan.h"
#include "source/tree_changes.h"
#include "store/suppressor.h"

namespace keysift {

// Reads one of the repository's own ignore files by its name in the root.
// Fails with kNotFound if there is none.
using ReadOwnFile = std::function<Result<std::string>(const std::string& name)>;

// From a folder on disk. Symbolic links are not followed.
ReadOwnFile OwnFilesOnDisk(const std::string& folder);
// From a tree, at a range's start.
ReadOwnFile OwnFilesInTree(const ObjectId& tree, const ReadObject& read);

// Takes out of the finished `report` what baselines, the repository's own
// ignore files (.keysiftignore, .gitleaksignore, .betterleaksignore) and its
// configuration (.keysift.toml, else .gitleaks.toml) accept, and tells in it
// what did. `from` is put behind the own files' names ("", or
// " at 1a2b3c4d"). With `complete` the whole history was scanned, and entries
// that match nothing are worth a note. Fails on a baseline or a .keysiftignore
// that does not parse.
Result<void> SuppressFindings(const ScanOptions& options,
                              const ReadOwnFile& read, const std::string& from,
                              bool complete, ScanReport* report);

}  // namespace keysift
