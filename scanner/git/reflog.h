// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace keysift {

// The log of one ref (gitrepository-layout, "logs").
struct Reflog {
  std::string ref;            // as RefList names it
  std::vector<ObjectId> ids;  // old and new ones, each once, ascending
};

// All reflogs of a repository, those of linked work trees too; the stash is
// among them. Zero ids are left out. A file that cannot be read or a line that
// does not start with two ids is a problem; the rest is there.
struct ReflogList {
  std::vector<Reflog> logs;
  std::vector<Error> problems;

  static ReflogList Read(const Repository& repository);
};

}  // namespace keysift
