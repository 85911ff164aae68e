// SPDX-License-Identifier: Apache-2.0
#include "scan/staged_scan.h"

#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/file.h"
#include "git/commit.h"
#include "git/head.h"
#include "git/index_file.h"
#include "git/object_lookup.h"
#include "scan/change_scan.h"
#include "scan/object_scan.h"
#include "scan/report_builder.h"
#include "source/tree_changes.h"

namespace keysift {
namespace {

Result<std::optional<ObjectId>> HeadTree(const Repository& repository,
                                         ObjectLookup* objects,
                                         ScanReport* report) {
  Result<std::optional<ObjectId>> head = ReadHead(repository);
  if (!head || !*head) {
    return head;
  }
  report->target.head = (*head)->ToHex();
  Buffer content;
  Result<ObjectType> type = objects->Read(**head, &content);
  if (!type) {
    return tl::unexpected(std::move(type.error()));
  }
  Result<Commit> commit = Commit::Parse(content.view());
  if (!commit) {
    return tl::unexpected(std::move(commit.error()));
  }
  return std::optional<ObjectId>(commit->tree);
}

// An index that is not there is an empty one: nothing was ever staged. Where
// there are commits, one that somebody names must be there, or a wrong path
// would pass for clean.
Result<IndexFile> OpenIndex(const Repository& repository, bool has_head) {
  const bool is_named =
      repository.index_path() != JoinPath(repository.git_dir(), "index");
  Result<IndexFile> index =
      IndexFile::Open(repository.index_path(), repository.git_dir());
  if (!index && index.error().kind == ErrorKind::kNotFound &&
      !(is_named && has_head)) {
    return IndexFile();
  }
  return index;
}

}  // namespace

Result<void> ScanStaged(const Repository& repository, bool whole_index,
                        const ScanOptions& options, const ScanEngine& engine,
                        ScanProgress* progress, ScanReport* report) {
  ObjectLookup objects(repository, options.max_file_size);
  Result<std::optional<ObjectId>> head = HeadTree(repository, &objects, report);
  if (!head) {
    return tl::unexpected(std::move(head.error()));
  }
  Result<IndexFile> index = OpenIndex(repository, head->has_value());
  if (!index) {
    return tl::unexpected(std::move(index.error()));
  }
  if (whole_index) {
    head->reset();
  }
  TreeChanges changes =
      CompareIndex(*head, *index, [&](const ObjectId& id, Buffer* content) {
        return objects.Read(id, content);
      });

  std::vector<AddedText> added;
  std::vector<ObjectId> gone;
  for (ChangedFile& file : changes.files) {
    if (!file.now) {
      gone.push_back(*file.before);
      continue;
    }
    AddedText& text = added.emplace_back();
    text.id = *file.now;
    text.kind = PlaceKind::kIndex;
    text.path = std::move(file.path);
    if (file.before) {
      text.before.push_back(*file.before);
    }
  }
  std::mutex names_mutex;
  const Verifier verifier(
      engine.rules,
      [&](std::string_view hex) {
        const std::optional<ObjectId> id = ObjectId::FromHex(hex);
        const std::lock_guard<std::mutex> lock(names_mutex);
        return id && objects.Has(*id);
      },
      VerifierOptionsOf(options));
  const auto make_reader = [&]() -> ReadObject {
    auto lookup =
        std::make_shared<ObjectLookup>(repository, options.max_file_size);
    return [lookup](const ObjectId& id, Buffer* content) {
      return lookup->Read(id, content);
    };
  };
  ChangeScan scan(&options, &engine, &verifier, progress, make_reader);
  Result<void> done =
      scan.Run(std::move(added), {gone}, repository.is_partial_clone());
  if (!done) {
    return done;
  }
  for (const Error& problem : changes.problems) {
    report->gaps.push_back(GapOf(problem, "HEAD's tree"));
  }
  report->gaps.insert(report->gaps.end(), scan.gaps().begin(),
                      scan.gaps().end());
  ReportBuilder builder(&engine, &options, &verifier);
  builder.AddLocated(
      &scan.findings(), [&](const Place& place) { return scan.Locate(place); },
      report);
  scan.FillCoverage(&report->coverage);
  builder.Finish(report);
  return {};
}

}  // namespace keysift
