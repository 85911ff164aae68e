// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "finding/scan_report.h"
#include "scan/repository_objects.h"

namespace keysift {

// Another repository that is part of one.
struct Submodule {
  std::string path;     // in the work tree, or below modules/
  std::string git_dir;  // empty if it is not here
};

// The submodules at HEAD, in the indexes, and those that once were and left
// their git directory in modules/; by path, each git directory once. `gitlinks`
// tells whether any tree has one: else HEAD's trees are not read again.
// Submodules of submodules are those' own.
std::vector<Submodule> ListSubmodules(const RepositoryObjects& objects,
                                      bool gitlinks);

// The gap that a submodule is unless it is scanned.
Gap GapOf(const Submodule& submodule);

// Adds what was found in a submodule to the report of the whole: paths begin
// with the submodule's.
void JoinSubmodule(const Submodule& submodule, ScanReport part,
                   ScanReport* report);

}  // namespace keysift
