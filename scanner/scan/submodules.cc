// SPDX-License-Identifier: Apache-2.0
#include "scan/submodules.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/file.h"
#include "git/commit.h"
#include "git/object_reader.h"
#include "git/tree.h"

namespace keysift {
namespace {

// As deep as paths can nest; a forged circle of trees ends here.
constexpr int kMaxDepth = 4096;

// Adds the gitlinks below a tree. What cannot be read is a gap elsewhere.
void AddGitlinks(ObjectReader* reader, const ObjectId& tree,
                 const std::string& folder, int depth,
                 std::set<std::string>* paths) {
  Buffer content;
  const Result<ObjectType> type = reader->Read(tree, &content);
  if (!type || *type != ObjectType::kTree || depth > kMaxDepth) {
    return;
  }
  TreeReader entries(content.view());
  TreeEntry entry;
  for (Result<bool> next = entries.Next(&entry); next && *next;
       next = entries.Next(&entry)) {
    const std::string path = folder + std::string(entry.name);
    if (entry.kind() == EntryKind::kGitlink) {
      paths->insert(path);
    } else if (entry.kind() == EntryKind::kTree) {
      AddGitlinks(reader, entry.id(), path + "/", depth + 1, paths);
    }
  }
}

std::set<std::string> ListPaths(const RepositoryObjects& objects,
                                bool gitlinks) {
  std::set<std::string> paths;
  for (const StagingArea& area : objects.staging) {
    for (const IndexEntry& entry : area.index.entries()) {
      if (entry.kind() == EntryKind::kGitlink) {
        paths.insert(std::string(entry.path()));
      }
    }
  }
  const Ref* head = objects.refs.Head();
  if (!gitlinks || head == nullptr || head->is_dangling()) {
    return paths;
  }
  ObjectReader reader(&objects.store, UINT64_MAX);
  Buffer content;
  const Result<ObjectType> type = reader.Read(head->id, &content);
  const Result<Commit> commit = Commit::Parse(content.view());
  if (type && *type == ObjectType::kCommit && commit) {
    AddGitlinks(&reader, commit->tree, "", 0, &paths);
  }
  return paths;
}

// The git directory that is checked out at a path, or nothing.
std::string GitDirOf(const Repository& repository, const std::string& path) {
  if (repository.is_bare()) {
    return "";
  }
  const Result<Repository> found =
      Repository::OpenExact(JoinPath(repository.work_tree(), path));
  return found ? found->git_dir() : "";
}

}  // namespace

std::vector<Submodule> ListSubmodules(const RepositoryObjects& objects,
                                      bool gitlinks) {
  const Repository& repository = objects.repository;
  std::vector<Submodule> submodules;
  std::set<std::string> known = {repository.git_dir()};
  for (const std::string& path : ListPaths(objects, gitlinks)) {
    Submodule submodule{path, GitDirOf(repository, path)};
    if (submodule.git_dir.empty() || known.insert(submodule.git_dir).second) {
      submodules.push_back(std::move(submodule));
    }
  }
  const std::string modules = JoinPath(repository.common_dir(), "modules/");
  std::string outer;  // the last one: what is below it is its own
  for (const std::string& git_dir : repository.SubmoduleGitDirs()) {
    if (!outer.empty() && git_dir.starts_with(outer)) {
      continue;
    }
    outer = git_dir + "/";
    if (known.insert(git_dir).second) {
      submodules.push_back({git_dir.substr(modules.size()), git_dir});
    }
  }
  // One that is not checked out may be among those by its path's name.
  std::erase_if(submodules, [&](const Submodule& one) {
    return one.git_dir.empty() && known.count(modules + one.path) != 0;
  });
  std::sort(submodules.begin(), submodules.end(),
            [](const Submodule& a, const Submodule& b) {
              return std::tie(a.path, a.git_dir) < std::tie(b.path, b.git_dir);
            });
  return submodules;
}

Gap GapOf(const Submodule& submodule) {
  Gap gap;
  gap.kind = GapKind::kSubmodule;
  gap.what = "submodule " + submodule.path;
  gap.where = submodule.git_dir;
  gap.detail = submodule.git_dir.empty()
                   ? "another repository, which is not here"
                   : "another repository, which was not scanned";
  return gap;
}

void JoinSubmodule(const Submodule& submodule, ScanReport part,
                   ScanReport* report) {
  std::map<std::string, Finding*> known;
  for (Finding& finding : report->findings) {
    known.emplace(finding.fingerprint, &finding);
  }
  std::vector<Finding> added;
  for (Finding& finding : part.findings) {
    for (Location& location : finding.locations) {
      location.path = location.path.empty()
                          ? submodule.path
                          : JoinPath(submodule.path, location.path);
    }
    const auto same = known.find(finding.fingerprint);
    if (same == known.end()) {
      added.push_back(std::move(finding));
      continue;
    }
    Finding& whole = *same->second;
    std::move(finding.locations.begin(), finding.locations.end(),
              std::back_inserter(whole.locations));
    whole.severity = std::max(whole.severity, finding.severity);
    whole.confidence = std::max(whole.confidence, finding.confidence);
    whole.in_head = whole.in_head || finding.in_head;
    whole.reachable = whole.reachable || finding.reachable;
  }
  std::move(added.begin(), added.end(), std::back_inserter(report->findings));
  for (Gap& gap : part.gaps) {
    gap.what += ", in submodule " + submodule.path;
    report->gaps.push_back(std::move(gap));
  }
  Coverage& sum = report->coverage;
  sum.objects_total += part.coverage.objects_total;
  sum.objects_scanned += part.coverage.objects_scanned;
  sum.objects_absent += part.coverage.objects_absent;
  sum.objects_hashed += part.coverage.objects_hashed;
  sum.bytes_total += part.coverage.bytes_total;
  sum.bytes_scanned += part.coverage.bytes_scanned;
  sum.refs += part.coverage.refs;
  sum.suppressed_inline += part.coverage.suppressed_inline;
  sum.below_confidence += part.coverage.below_confidence;
  sum.objects_reachable.reset();  // of each repository by itself
  sum.digest.clear();
}

}  // namespace keysift
