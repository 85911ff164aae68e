// SPDX-License-Identifier: Apache-2.0
#include "scan/range_scan.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "git/commit.h"
#include "git/libgit2.h"
#include "git/object_lookup.h"
#include "git/tag.h"
#include "scan/change_scan.h"
#include "scan/object_scan.h"
#include "scan/report_builder.h"
#include "scan/suppression.h"
#include "source/commit_walk.h"
#include "source/tree_changes.h"

namespace keysift {
namespace {

constexpr int kMaxTags = 64;

// Reads objects, and keeps trees: a commit's are its child's old ones.
class TreeKeeper {
 public:
  explicit TreeKeeper(const Repository& repository, uint64_t limit)
      : objects_(repository, limit) {}

  Result<ObjectType> Read(const ObjectId& id, Buffer* content) {
    const auto known = trees_.find(std::string(id.raw()));
    if (known != trees_.end()) {
      const std::string& bytes = known->second;
      CopyBytes(content->Resize(bytes.size()), bytes.data(), bytes.size());
      return ObjectType::kTree;
    }
    Result<ObjectType> type = objects_.Read(id, content);
    if (type && *type == ObjectType::kTree) {
      if (kept_bytes_ > kMaxKept) {
        trees_.clear();
        kept_bytes_ = 0;
      }
      kept_bytes_ += content->size();
      trees_.emplace(id.raw(), content->view());
    }
    return type;
  }

  bool Has(const ObjectId& id) { return objects_.Has(id); }

 private:
  static constexpr uint64_t kMaxKept = 64 << 20;

  ObjectLookup objects_;
  std::unordered_map<std::string, std::string> trees_;
  uint64_t kept_bytes_ = 0;
};

class RangeScan {
 public:
  RangeScan(const Repository& repository, const ScanOptions& options,
            const ScanEngine& engine, ScanProgress* progress,
            ScanReport* report)
      : repository_(repository),
        options_(options),
        engine_(engine),
        progress_(progress),
        report_(report),
        keeper_(std::make_shared<TreeKeeper>(repository, UINT64_MAX)) {}

  Result<void> Run(const RangeEnds& ends) {
    progress_->phase = "walking commits";
    Result<std::vector<ObjectId>> commits = FollowTags(ends.include);
    if (!commits) {
      return tl::unexpected(std::move(commits.error()));
    }
    const CommitWalk walk =
        WalkCommits(*commits, ends.exclude, repository_.shallow_commits(),
                    Reader(), [this] { return progress_->cancelled.load(); });
    for (const Error& problem : walk.problems) {
      AddGap(problem, "commits of the range");
    }
    progress_->phase = "comparing trees";
    ListTrees(walk);
    for (const WalkedCommit& commit : walk.commits) {
      if (progress_->cancelled) {
        break;
      }
      AddCommit(commit);
    }
    Result<void> scanned = ScanAdded();
    if (scanned) {
      scanned = Suppress(ends.start ? std::optional<ObjectId>(Peel(*ends.start))
                         : ends.only_start ? std::nullopt
                                           : walk.start);
    }
    return scanned;
  }

 private:
  ReadObject Reader() {
    return [keeper = keeper_](const ObjectId& id, Buffer* content) {
      return keeper->Read(id, content);
    };
  }

  void AddGap(const Error& problem, const std::string& what) {
    Gap gap = GapOf(problem, what);
    if (gap.kind == GapKind::kMissing &&
        problem.where.starts_with("history before")) {
      gap.kind = GapKind::kShallow;
    } else if (gap.kind == GapKind::kMissing &&
               repository_.is_partial_clone()) {
      gap.kind = GapKind::kPromised;
    }
    report_->gaps.push_back(std::move(gap));
  }

  // The commits that the ends lead to; the tags on the way are texts as well.
  Result<std::vector<ObjectId>> FollowTags(const std::vector<ObjectId>& ends) {
    std::vector<ObjectId> commits;
    for (ObjectId id : ends) {
      for (int step = 0;; ++step) {
        Buffer content;
        const Result<ObjectType> type = keeper_->Read(id, &content);
        if (!type) {
          return tl::unexpected(type.error());
        }
        if (*type == ObjectType::kCommit) {
          commits.push_back(id);
          break;
        }
        Result<void> followed = AddOther(id, *type, content.view(), step, &id);
        if (!followed) {
          return tl::unexpected(std::move(followed.error()));
        }
        if (*type != ObjectType::kTag) {
          break;
        }
      }
    }
    return commits;
  }

  // What annotated tags lead to; the id itself if that cannot be said.
  ObjectId Peel(ObjectId id) {
    Buffer content;
    for (int step = 0; step < kMaxTags; ++step) {
      const Result<ObjectType> type = keeper_->Read(id, &content);
      if (!type || *type != ObjectType::kTag) {
        break;
      }
      const Result<Tag> tag = Tag::Parse(content.view());
      if (!tag) {
        break;
      }
      id = tag->target;
    }
    return id;
  }

  // A ref may lead to a tag, and, rarely, to a tree or a blob.
  Result<void> AddOther(const ObjectId& id, ObjectType type,
                        std::string_view content, int step, ObjectId* next) {
    if (type == ObjectType::kBlob) {
      AddText(id, PlaceKind::kBlob, "");
    } else if (type == ObjectType::kTree) {
      AddChanges(CompareTrees(std::nullopt, id, Reader()), "");
    } else {
      AddText(id, PlaceKind::kTagMessage, "");
      const Result<Tag> tag = Tag::Parse(content);
      if (!tag || step > kMaxTags) {
        return Fail(ErrorKind::kDamaged, "a tag that leads nowhere",
                    id.ToHex());
      }
      *next = tag->target;
    }
    return {};
  }

  AddedText* AddText(const ObjectId& id, PlaceKind kind, std::string commit) {
    AddedText& text = added_.emplace_back();
    text.id = id;
    text.kind = kind;
    text.commit = std::move(commit);
    return &text;
  }

  // The trees of all commits in the range and of their parents.
  void ListTrees(const CommitWalk& walk) {
    for (const WalkedCommit& commit : walk.commits) {
      tree_of_[commit.id.ToHex()] = commit.tree;
    }
  }

  std::optional<ObjectId> TreeOf(const ObjectId& commit) {
    const auto [known, is_new] = tree_of_.try_emplace(commit.ToHex());
    if (!is_new) {
      return known->second;
    }
    Buffer content;
    const Result<ObjectType> type = keeper_->Read(commit, &content);
    if (type && *type == ObjectType::kCommit) {
      const Result<Commit> parsed = Commit::Parse(content.view());
      if (parsed) {
        known->second = parsed->tree;
      }
    }
    return known->second;  // none: all of the child counts as new
  }

  void AddCommit(const WalkedCommit& commit) {
    const std::string hex = commit.id.ToHex();
    AddText(commit.id, PlaceKind::kCommitMessage, hex);
    std::optional<ObjectId> first;
    if (!commit.parents.empty()) {
      first = TreeOf(commit.parents[0]);
    }
    TreeChanges changes = CompareTrees(first, commit.tree, Reader());
    // A merge adds what none of its parents has.
    for (size_t i = 1; i < commit.parents.size(); ++i) {
      const TreeChanges others =
          CompareTrees(TreeOf(commit.parents[i]), commit.tree, Reader());
      KeepCommon(others, &changes);
    }
    AddChanges(std::move(changes), hex);
  }

  // Keeps the files that differ in both; what the other parent had at the path
  // is an old version as well.
  void KeepCommon(const TreeChanges& others, TreeChanges* changes) {
    std::unordered_map<std::string_view, const ChangedFile*> by_path;
    for (const ChangedFile& file : others.files) {
      by_path.emplace(file.path, &file);
    }
    std::erase_if(changes->files, [&](const ChangedFile& file) {
      const auto found = by_path.find(file.path);
      if (found == by_path.end()) {
        return true;
      }
      if (file.now && found->second->before) {
        more_before_[file.path].push_back(*found->second->before);
      }
      return false;
    });
    changes->problems.insert(changes->problems.end(), others.problems.begin(),
                             others.problems.end());
  }

  void AddChanges(TreeChanges changes, const std::string& commit) {
    const uint32_t gone = static_cast<uint32_t>(gone_.size());
    gone_.emplace_back();
    for (ChangedFile& file : changes.files) {
      if (!file.now) {
        gone_.back().push_back(*file.before);
        continue;
      }
      AddedText* text = AddText(*file.now, PlaceKind::kBlob, commit);
      text->gone = gone;
      if (file.before) {
        text->before.push_back(*file.before);
      }
      const auto more = more_before_.find(file.path);
      if (more != more_before_.end()) {
        text->before.insert(text->before.end(), more->second.begin(),
                            more->second.end());
      }
      text->path = std::move(file.path);
    }
    more_before_.clear();
    for (const Error& problem : changes.problems) {
      AddGap(problem, commit.empty() ? "a tree" : "commit " + commit);
    }
  }

  Result<void> ScanAdded() {
    std::mutex names_mutex;
    const Verifier verifier(
        engine_.rules,
        [&](std::string_view hex) {
          const std::optional<ObjectId> id = ObjectId::FromHex(hex);
          const std::lock_guard<std::mutex> lock(names_mutex);
          return id && keeper_->Has(*id);
        },
        VerifierOptionsOf(options_));
    const auto make_reader = [this]() -> ReadObject {
      auto lookup =
          std::make_shared<ObjectLookup>(repository_, options_.max_file_size);
      return [lookup](const ObjectId& id, Buffer* content) {
        return lookup->Read(id, content);
      };
    };
    ChangeScan scan(&options_, &engine_, &verifier, progress_, make_reader);
    Result<void> done = scan.Run(std::move(added_), std::move(gone_),
                                 repository_.is_partial_clone());
    if (!done) {
      return done;
    }
    report_->gaps.insert(report_->gaps.end(), scan.gaps().begin(),
                         scan.gaps().end());
    ReportBuilder builder(&engine_, &options_, &verifier);
    builder.AddLocated(
        &scan.findings(),
        [&](const Place& place) { return scan.Locate(place); }, report_);
    scan.FillCoverage(&report_->coverage);
    builder.Finish(report_);
    return {};
  }

  Result<void> Suppress(const std::optional<ObjectId>& start) {
    constexpr size_t kShortId = 12;
    const std::optional<ObjectId> tree = start ? TreeOf(*start) : std::nullopt;
    if (!tree) {
      return SuppressFindings(options_, OwnFilesOnDisk(""), "", false, report_);
    }
    return SuppressFindings(options_, OwnFilesInTree(*tree, Reader()),
                            " of commit " + start->ToHex().substr(0, kShortId),
                            false, report_);
  }

  const Repository& repository_;
  const ScanOptions& options_;
  const ScanEngine& engine_;
  ScanProgress* progress_;
  ScanReport* report_;
  std::shared_ptr<TreeKeeper> keeper_;
  std::vector<AddedText> added_;
  std::vector<std::vector<ObjectId>> gone_ = {{}};
  std::unordered_map<std::string, std::vector<ObjectId>> more_before_;
  std::unordered_map<std::string, std::optional<ObjectId>> tree_of_;
};

// The argument's ends, if all of them are ids in full; no libgit2 then.
bool AddFullIds(const std::string& argument, CommitRange* range) {
  const size_t dots = argument.find("..");
  if (dots == std::string::npos) {
    const bool negated = argument.starts_with("^");
    const std::optional<ObjectId> id =
        ObjectId::FromHex(std::string_view(argument).substr(negated ? 1 : 0));
    if (id) {
      (negated ? range->exclude : range->include).push_back(*id);
    }
    return id.has_value();
  }
  const std::optional<ObjectId> from =
      ObjectId::FromHex(std::string_view(argument).substr(0, dots));
  const std::optional<ObjectId> to =
      ObjectId::FromHex(std::string_view(argument).substr(dots + 2));
  if (!from || !to) {
    return false;
  }
  range->exclude.push_back(*from);
  range->include.push_back(*to);
  return true;
}

}  // namespace

Result<RangeEnds> ResolveRange(const Repository& repository,
                               const std::vector<std::string>& arguments) {
  CommitRange range;
  const bool full = std::all_of(
      arguments.begin(), arguments.end(),
      [&](const std::string& word) { return AddFullIds(word, &range); });
  if (!full) {
    const Result<Libgit2Repository> opened =
        Libgit2Repository::Open(repository);
    if (!opened) {
      return tl::unexpected(opened.error());
    }
    Result<CommitRange> parsed = opened->ParseRange(arguments);
    if (!parsed) {
      Error error = parsed.error();
      error.message = "the range cannot be resolved: " + error.message;
      return tl::unexpected(std::move(error));
    }
    range = std::move(*parsed);
  }
  ObjectLookup objects(repository);
  for (const std::vector<ObjectId>* ends : {&range.include, &range.exclude}) {
    for (const ObjectId& id : *ends) {
      if (!objects.Has(id)) {
        return Fail(ErrorKind::kNotFound,
                    "the range cannot be resolved: no such object; fetch it "
                    "first (git fetch --unshallow, or fetch-depth: 0 in CI)",
                    id.ToHex());
      }
    }
  }
  if (range.include.empty()) {
    return Fail(ErrorKind::kUsage,
                "the range names no commit to start from, only some to leave "
                "out");
  }
  RangeEnds ends;
  ends.include = std::move(range.include);
  ends.exclude = std::move(range.exclude);
  if (ends.exclude.size() == 1) {
    ends.start = ends.exclude[0];
  }
  return ends;
}

Result<void> ScanRange(const Repository& repository, const RangeEnds& ends,
                       const ScanOptions& options, const ScanEngine& engine,
                       ScanProgress* progress, ScanReport* report) {
  return RangeScan(repository, options, engine, progress, report).Run(ends);
}

}  // namespace keysift
