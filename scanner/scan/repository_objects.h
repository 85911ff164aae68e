// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "finding/gap.h"
#include "git/index_file.h"
#include "git/object_store.h"
#include "git/reflog.h"
#include "git/refs.h"
#include "git/repository.h"

namespace keysift {

// The index of one work tree.
struct StagingArea {
  std::string path;  // of the file
  IndexFile index;
};

// An object that is in a pack and cannot be had from there.
struct LostObject {
  ObjectId id;
  Gap gap;
};

// A repository with all its objects and names at hand, ready to be scanned.
// Immutable once open, but for OpenPack; shared by all threads.
struct RepositoryObjects {
  Repository repository;
  RefList refs;
  ReflogList reflogs;
  std::vector<StagingArea> staging;  // of all work trees that have one
  ObjectStore store;
  bool promisor_packs = false;
  std::vector<LostObject> lost;
  // What else could not be opened or listed.
  std::vector<Gap> gaps;

  // Packs for which `is_known` holds stay closed (ObjectStore::Open). Packs so
  // large that they take some time keep one thread busy for most of it: another
  // then does what `meanwhile` says.
  static RepositoryObjects Open(
      Repository repository, unsigned threads,
      const ObjectStore::IsKnownPack& is_known = nullptr,
      const std::function<void()>& meanwhile = nullptr);
  // Opens a closed pack after all. Not while others read.
  void OpenPack(size_t number, unsigned threads);

 private:
  void AddProblems(const std::vector<PackProblem>& problems);
};

}  // namespace keysift
