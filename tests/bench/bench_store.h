// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "git/loose_object.h"
#include "git/object_directory.h"
#include "git/object_store.h"
#include "git/repository.h"

namespace keysift {

// The objects of the repository at `path`; problems are printed. Ends the
// program if there is no repository.
inline ObjectStore OpenBenchStore(const std::string& path) {
  Result<Repository> repository = Repository::OpenExact(path);
  if (!repository) {
    std::fprintf(stderr, "%s\n", repository.error().ToString().c_str());
    std::exit(2);
  }
  std::vector<std::string> packs;
  std::vector<ObjectStore::Loose> loose;
  const ObjectDirectories all =
      ObjectDirectories::Find(repository->object_directory());
  for (const ObjectDirectory& directory : all.directories()) {
    for (const PackFiles& files : directory.packs) {
      packs.push_back(files.pack);
    }
    for (const ObjectId& id : directory.loose) {
      loose.push_back({id, LooseObjectPath(directory.path, id)});
    }
  }
  std::vector<PackProblem> problems;
  ObjectStore store = ObjectStore::Open(packs, std::move(loose), 2, &problems);
  for (const PackProblem& problem : problems) {
    std::printf("problem: %s\n", problem.error.ToString().c_str());
  }
  return store;
}

}  // namespace keysift
