// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "finding/gap.h"
#include "git/object_store.h"
#include "git/reflog.h"
#include "git/refs.h"
#include "git/repository.h"

namespace keysift {

// A repository with all its objects and names at hand, ready to be scanned.
// Immutable once open; shared by all threads.
struct RepositoryObjects {
  Repository repository;
  RefList refs;
  ReflogList reflogs;
  ObjectStore store;
  bool promisor_packs = false;
  // What could not be opened or listed.
  std::vector<Gap> gaps;

  static RepositoryObjects Open(Repository repository, unsigned threads);
};

}  // namespace keysift
