// SPDX-License-Identifier: Apache-2.0
#include "scan/repository_objects.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/parallel.h"
#include "git/loose_object.h"
#include "git/object_directory.h"
#include "scan/object_scan.h"

namespace keysift {
namespace {

void AddErrors(const std::vector<Error>& problems, const char* what,
               std::vector<Gap>* gaps) {
  for (const Error& problem : problems) {
    gaps->push_back(GapOf(problem, what));
  }
}

// The indexes of this work tree and of all others.
void ReadStagingAreas(const Repository& repository,
                      std::vector<StagingArea>* staging,
                      std::vector<Gap>* gaps) {
  auto read = [&](const std::string& path, const std::string& git_dir) {
    Result<IndexFile> index = IndexFile::Open(path, git_dir);
    if (index) {
      staging->push_back({path, std::move(*index)});
    } else if (index.error().kind != ErrorKind::kNotFound) {
      gaps->push_back(GapOf(index.error(), "index"));
    }
  };
  read(repository.index_path(), repository.git_dir());
  if (repository.git_dir() != repository.common_dir()) {
    read(JoinPath(repository.common_dir(), "index"), repository.common_dir());
  }
  for (const LinkedWorktree& worktree : repository.LinkedWorktrees()) {
    if (worktree.git_dir != repository.git_dir()) {
      read(JoinPath(worktree.git_dir, "index"), worktree.git_dir);
    }
  }
}

// Whether opening these packs takes longer than what may be done meanwhile.
bool AreLarge(const std::vector<std::string>& packs) {
  constexpr uint64_t kLarge = 32 << 20;
  uint64_t size = 0;
  for (const std::string& path : packs) {
    std::error_code failed;
    const uintmax_t bytes = std::filesystem::file_size(path, failed);
    size += failed ? 0 : bytes;
  }
  return size >= kLarge;
}

}  // namespace

RepositoryObjects RepositoryObjects::Open(
    Repository repository, unsigned threads,
    const ObjectStore::IsKnownPack& is_known,
    const std::function<void()>& meanwhile) {
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
      if (!files.pack.empty()) {
        packs.push_back(files.pack);
      }
    }
    for (const ObjectId& id : directory.loose) {
      loose.push_back({id, LooseObjectPath(directory.path, id)});
    }
  }
  std::vector<PackProblem> problems;
  std::vector<std::function<void()>> jobs = {[&] {
    objects.store = ObjectStore::Open(packs, std::move(loose), threads,
                                      &problems, is_known);
  }};
  if (meanwhile != nullptr && threads > 1 && AreLarge(packs)) {
    jobs.push_back(meanwhile);
  }
  RunAll(threads, jobs);
  objects.AddProblems(problems);
  ReadStagingAreas(objects.repository, &objects.staging, &objects.gaps);
  AddErrors(objects.refs.problems(), "ref", &objects.gaps);
  AddErrors(objects.reflogs.problems, "reflog", &objects.gaps);
  AddErrors(found.problems(), "object directory", &objects.gaps);
  AddErrors(objects.repository.limitations(), "repository format",
            &objects.gaps);
  return objects;
}

void RepositoryObjects::OpenPack(size_t number, unsigned threads) {
  std::vector<PackProblem> problems;
  store.OpenPack(number, threads, &problems);
  AddProblems(problems);
}

void RepositoryObjects::AddProblems(const std::vector<PackProblem>& problems) {
  for (const PackProblem& problem : problems) {
    if (problem.id) {
      lost.push_back(
          {*problem.id, GapOf(problem.error, "object " + problem.id->ToHex())});
    } else {
      gaps.push_back(GapOf(problem.error, "pack"));
    }
  }
}

}  // namespace keysift
