// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/repository.h"

namespace keysift {

// A repository's state on disk, without opening any object: what a bulk scan
// compares to know that nothing has changed. Names, sizes, times and inodes of
// all files in the git directory and in those that it borrows objects from
// (packs, indexes, loose objects, logs, configuration), and what HEAD and the
// refs say. Times are only compared for equality: a clock set back is harmless.
struct RepositoryState {
  std::string fingerprint;  // 64 hex digits; "" if something was not readable
  uint64_t pack_bytes = 0;
  uint64_t index_bytes = 0;  // of pack indexes
  uint64_t loose = 0;        // files below objects/, packs and their like aside
};
RepositoryState StateOf(const Repository& repository);

// The same for all forks of one: the id of the commit where HEAD's history
// begins, by first parents; the repository's own path if it has no commit that
// can be read.
std::string FamilyOf(const Repository& repository);

// A number below `count`: which shard a family belongs to.
uint64_t ShardOf(const std::string& family, uint64_t count);

// The repositories below `root`, as paths relative to it, sorted; it does not
// look inside of repositories nor follow links to anything else. Fails if
// `root` cannot be listed; folders below that cannot be, and links to folders
// outside of it, are problems.
Result<std::vector<std::string>> FindRepositories(const std::string& root,
                                                  std::vector<Error>* problems);

}  // namespace keysift
