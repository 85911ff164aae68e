// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace keysift {

// One name for an object (gitrepository-layout: "HEAD", "refs", "packed-refs").
struct Ref {
  std::string name;    // "refs/heads/main", "HEAD", "worktrees/w/HEAD", …
  ObjectId id;         // after all symbolic steps; zero if those lead nowhere
  std::string target;  // of a symbolic ref: the name it holds; else empty
  std::optional<ObjectId> peeled;  // what a packed annotated tag points to
  // A file beside HEAD (ORIG_HEAD, FETCH_HEAD) or of a rebase's state. git does
  // not keep such objects alive: one that is gone is no damage.
  bool is_pseudo = false;

  bool is_symbolic() const { return !target.empty(); }
  // A symbolic ref to a name that is not there: an unborn branch, mostly.
  bool is_dangling() const { return id.IsZero(); }
};

// All refs of a repository at one moment: refs/, HEAD and the pseudo-refs
// beside it (FETCH_HEAD and MERGE_HEAD may be there several times), and the
// same of the other work trees as "worktrees/<name>/…" and "main-worktree/…".
// Notes, stash and replacements are refs like others; nothing is replaced. A
// value.
class RefList {
 public:
  // git gives up on symbolic refs after five steps (git-symbolic-ref).
  static constexpr int kMaxSymbolicDepth = 5;

  // Reads all of them. Fails never: a ref or file that cannot be read or makes
  // no sense is a problem, and the others are there.
  static RefList Read(const Repository& repository);

  // Ascending by name.
  const std::vector<Ref>& refs() const { return refs_; }
  const std::vector<Error>& problems() const { return problems_; }

  // The first ref of that exact name, or null.
  const Ref* Find(std::string_view name) const;
  // As git looks a short name up: as is, refs/, refs/tags/, refs/heads/,
  // refs/remotes/, refs/remotes/<name>/HEAD; or null.
  const Ref* FindShort(std::string_view name) const;
  // HEAD of this work tree; null if it is broken.
  const Ref* Head() const { return Find("HEAD"); }

 private:
  friend class RefReader;
  // Where the name is, or would be put.
  std::vector<Ref>::const_iterator LowerBound(std::string_view name) const;

  std::vector<Ref> refs_;
  std::vector<Error> problems_;
};

}  // namespace keysift
