// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"
#include "git/refs.h"
#include "git/repository.h"

struct git_repository;

namespace keysift {

// Which commits a range names: those that `include` reaches and `exclude` does
// not. Ids are of commits.
struct CommitRange {
  std::vector<ObjectId> include;
  std::vector<ObjectId> exclude;
};

// A repository as libgit2 sees it. Open it by our own Repository first, which
// refuses what libgit2 misreads. The first one in the process starts libgit2,
// which takes milliseconds, and it stays up until the process ends. No file
// outside of the repository is read for its configuration, and nobody asks who
// owns the repository: nothing of it is ever executed. Objects are replaced
// (refs/replace) nowhere.
// One thread at a time. Failures: kNotFound (no such thing), kUsage (an
// ambiguous or malformed name), else kDamaged or kUnsupported, with libgit2's
// message.
class Libgit2Repository {
 public:
  static Result<Libgit2Repository> Open(const Repository& repository);

  // refs/ only, by name; symbolic ones with their target, and the id they
  // lead to or zero.
  Result<std::vector<Ref>> Refs() const;

  // A configuration value as libgit2 reads it, includes followed; nullopt if
  // it is not set.
  std::optional<std::string> ConfigValue(const std::string& name) const;

  struct Object {
    ObjectType type = ObjectType::kNone;
    std::string content;
  };
  // A whole object, its hash checked.
  Result<Object> ReadObject(const ObjectId& id) const;

  // The commit that a revision names ("main~2", "v1.0", "1a2b3c4"); a tag is
  // followed to its commit.
  Result<ObjectId> ResolveCommit(const std::string& revision) const;

  // What git's own range arguments mean: "A..B", "A...B", "B", "^A", and
  // "--not", which turns the meaning of all that follow.
  Result<CommitRange> ParseRange(
      const std::vector<std::string>& arguments) const;

  // The commits of a range, children before parents.
  Result<std::vector<ObjectId>> Walk(const CommitRange& range) const;

 private:
  struct Close {
    void operator()(git_repository* repository) const;
  };
  Libgit2Repository() = default;
  Result<void> AddRange(const std::string& argument, bool negated,
                        CommitRange* range) const;
  Result<std::vector<ObjectId>> MergeBases(const ObjectId& one,
                                           const ObjectId& two) const;

  std::unique_ptr<git_repository, Close> repository_;
};

}  // namespace keysift
