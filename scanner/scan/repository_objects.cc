// SPDX-License-Identifier: Apache-2.0
#include "scan/repository_objects.h"

#include <utility>

#include "git/loose_object.h"
#include "git/object_directory.h"
#include "scan/object_scan.h"

namespace keysift {
namespace {

void AddProblems(const std::vector<Error>& problems, const char* what,
                 std::vector<Gap>* gaps) {
  for (const Error& problem : problems) {
    gaps->push_back(GapOf(problem, what));
  }
}

}  // namespace

RepositoryObjects RepositoryObjects::Open(Repository repository,
                                          unsigned threads) {
  RepositoryObjects objects;
  objects.repository = std::move(repository);
  objects.refs = RefList::Read(objects.repository);
  objects.reflogs = ReflogList::Read(objects.repository);
  const ObjectDirectories found =
      ObjectDirectories::Find(objects.repository.object_directory(),
                              objects.repository.environment_alternates());
  std::vector<std::string> packs;
  std::vector<ObjectStore::Loose> loose;
  for (const ObjectDirectory& directory : found.directories()) {
    for (const PackFiles& files : directory.packs) {
      objects.promisor_packs |= files.promisor;
      if (!files.pack.empty() && !files.index.empty()) {
        packs.push_back(files.pack);
      }
    }
    for (const ObjectId& id : directory.loose) {
      loose.push_back({id, LooseObjectPath(directory.path, id)});
    }
  }
  std::vector<PackProblem> problems;
  objects.store =
      ObjectStore::Open(packs, std::move(loose), threads, &problems);
  for (const PackProblem& problem : problems) {
    objects.gaps.push_back(GapOf(
        problem.error, problem.id ? "object " + problem.id->ToHex() : "pack"));
  }
  AddProblems(objects.refs.problems(), "ref", &objects.gaps);
  AddProblems(objects.reflogs.problems, "reflog", &objects.gaps);
  AddProblems(found.problems(), "object directory", &objects.gaps);
  AddProblems(objects.repository.limitations(), "repository format",
              &objects.gaps);
  return objects;
}

}  // namespace keysift
