// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"
#include "source/tree_changes.h"

namespace keysift {

// One commit of a range.
struct WalkedCommit {
  ObjectId id;
  ObjectId tree;
  std::vector<ObjectId> parents;
};

// The commits that some ends reach and others do not.
struct CommitWalk {
  std::vector<WalkedCommit> commits;  // parents before children
  // The newest commit that was left out and is a parent of one of `commits`.
  std::optional<ObjectId> start;
  // Commits of the range that could not be read: what they reach is not here.
  std::vector<Error> problems;
};

// Walks from `include`, without what `exclude` reaches. Excluded commits that
// are not to be had exclude nothing. `shallow` commits have no parents (each
// one reached is a problem of kind kNotFound). Stops early if `stopped` says
// so: then commits are missing. Where clocks of committers ran wrong, some
// commits of the excluded side may be in the outcome; none of the range is ever
// left out.
CommitWalk WalkCommits(const std::vector<ObjectId>& include,
                       const std::vector<ObjectId>& exclude,
                       const std::vector<ObjectId>& shallow,
                       const ReadObject& read,
                       const std::function<bool()>& stopped);

}  // namespace keysift
