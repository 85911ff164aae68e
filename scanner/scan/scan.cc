// SPDX-License-Identifier: Apache-2.0
#include "scan/scan.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

#include "base/file.h"
#include "base/parallel.h"
#include "git/repository.h"
#include "scan/deadline.h"
#include "scan/file_scan.h"
#include "scan/history_filter.h"
#include "scan/history_scan.h"
#include "scan/known_packs.h"
#include "scan/open_as_git.h"
#include "scan/range_scan.h"
#include "scan/report_builder.h"
#include "scan/repository_objects.h"
#include "scan/staged_scan.h"
#include "scan/submodules.h"
#include "scan/suppression.h"
#include "verify/prepared_rules.h"

namespace keysift {
namespace {

// What git tracks is no ignored file, and some ignores are the repository's
// own, not its files'.
void SetGitRules(const RepositoryObjects& objects, FileSourceOptions* files) {
  constexpr uint64_t kLargestExclude = 16 << 20;
  files->exclude =
      ReadFile(JoinPath(objects.repository.common_dir(), "info/exclude"),
               kLargestExclude)
          .value_or("");
  for (const StagingArea& area : objects.staging) {
    if (area.path != objects.repository.index_path()) {
      continue;
    }
    for (const IndexEntry& entry : area.index.entries()) {
      if (files->tracked.empty() || files->tracked.back() != entry.path()) {
        files->tracked.emplace_back(entry.path());
      }
    }
  }
}

// One scan on its way: the request and what the steps fill in.
class Scanning {
 public:
  // `entered`: the git directories of the repositories that it is part of.
  Scanning(const ScanRequest& request, const ScanOptions& options,
           const ScanEngine& engine, ScanProgress* progress,
           const std::vector<std::string>& entered)
      : request_(request),
        options_(options),
        engine_(engine),
        progress_(progress),
        entered_(entered) {}

  Result<ScanReport> Run() {
    report_.rules_hash = engine_.rules->hash;
    Result<void> done = Dispatch();
    if (!done) {
      return tl::unexpected(std::move(done.error()));
    }
    return std::move(report_);
  }

 private:
  Result<void> Dispatch() {
    if (request_.path == "-") {
      return request_.FiltersHistory() ? NoHistory() : ScanStandardInput();
    }
    if (request_.scope == ScanRequest::Scope::kStaged) {
      return ScanIndex();
    }
    if (request_.scope == ScanRequest::Scope::kRange) {
      return ScanCommits();
    }
    Result<Repository> repository = request_.path.empty()
                                        ? Repository::Discover("")
                                        : Repository::OpenExact(request_.path);
    if (repository) {
      return ScanRepository(std::move(*repository));
    }
    if (repository.error().kind != ErrorKind::kNotFound) {
      return ScanRefused(repository.error());
    }
    if (request_.scope != ScanRequest::Scope::kAuto) {
      return Fail(ErrorKind::kUsage,
                  "not a git repository: staged, range and worktree scans need "
                  "one",
                  request_.path);
    }
    if (request_.FiltersHistory()) {
      return NoHistory();
    }
    return ScanFiles(request_.path.empty() ? "." : request_.path);
  }

  Result<void> NoHistory() const {
    return Fail(ErrorKind::kUsage,
                "--refs, --since, --until and --no-unreachable choose from a "
                "history; there is none here",
                request_.path);
  }

  // A repository that keysift cannot read (SHA-256, reftable, damaged): its
  // history is a gap; what lies on disk is read all the same.
  Result<void> ScanRefused(const Error& error) {
    const std::string path = request_.path.empty() ? "." : request_.path;
    const bool files = request_.scope == ScanRequest::Scope::kWorktree ||
                       request_.scope == ScanRequest::Scope::kAuto;
    if (error.kind == ErrorKind::kNotFound || error.kind == ErrorKind::kIo) {
      return tl::unexpected(error);
    }
    Result<void> scanned;
    if (files) {
      scanned = ScanFiles(path);
    }
    report_.target.kind = "repository";
    report_.target.path = path;
    report_.gaps.push_back(GapOf(error, "the repository"));
    return scanned;
  }

  Result<void> ScanIndex() {
    const Result<Repository> repository = OpenAsGit(request_.path);
    if (!repository) {
      return ScanRefused(repository.error());
    }
    report_.target.kind = "staged";
    report_.target.path = repository->work_tree();
    Result<void> scanned = ScanStaged(*repository, request_.whole_index,
                                      options_, engine_, progress_, &report_);
    return scanned ? Suppress(repository->work_tree(), false) : scanned;
  }

  Result<void> ScanCommits() {
    const Result<Repository> repository = OpenAsGit(request_.path);
    if (!repository) {
      return ScanRefused(repository.error());
    }
    report_.target.kind = "range";
    report_.target.path =
        repository->is_bare() ? repository->git_dir() : repository->work_tree();
    for (const std::string& word : request_.range) {
      report_.target.range += (report_.target.range.empty() ? "" : " ") + word;
    }
    Result<RangeEnds> ends = ResolveRange(*repository, request_.range);
    if (!ends) {
      return tl::unexpected(std::move(ends.error()));
    }
    return ScanRange(*repository, *ends, options_, engine_, progress_,
                     &report_);
  }

  // What ignore files in `folder` and baselines accept goes out; the report is
  // finished by then.
  Result<void> Suppress(const std::string& folder, bool complete) {
    return SuppressFindings(options_, OwnFilesOnDisk(folder), "", complete,
                            &report_);
  }

  // The objects of all history; then what only lies on disk.
  Result<void> ScanRepository(Repository repository) {
    progress_->phase = "opening";
    const bool with_notes =
        options_.UsesNotes() && request_.scope == ScanRequest::Scope::kAuto;
    KnownPacks* known = with_notes ? options_.known_packs : nullptr;
    ObjectStore::IsKnownPack is_known;
    if (known != nullptr) {
      is_known = [known](const PackFile& pack) { return known->Find(pack); };
    }
    const PreparedRules own(engine_.rules);
    const PreparedRules& prepared =
        engine_.prepared != nullptr ? *engine_.prepared : own;
    std::function<void()> meanwhile;
    if (known == nullptr) {
      meanwhile = [&prepared] { prepared.CompileFrequent(); };
    }
    RepositoryObjects objects = RepositoryObjects::Open(
        std::move(repository), options_.ThreadCount(), is_known, meanwhile);
    DescribeRepository(objects);
    Result<void> refs = CheckRefGlobs(request_.ref_globs, objects.refs);
    if (!refs) {
      return refs;
    }
    const ObjectStore* store = &objects.store;
    SpelledIds spelled;
    const bool is_noted = known != nullptr;
    const Verifier verifier(
        engine_.rules,
        [store, is_noted, &spelled](std::string_view hex) {
          if (is_noted) {
            spelled.Add(hex);
          }
          return store->HasHexId(hex);
        },
        VerifierOptionsOf(options_), &prepared);
    ReportBuilder builder(&engine_, &options_, &verifier);
    std::vector<Submodule> submodules;
    if (request_.scope == ScanRequest::Scope::kAuto) {
      HistoryScan history(&objects, &options_, &engine_, &verifier, progress_,
                          &spelled);
      Result<void> scanned = history.Run();
      if (!scanned) {
        return scanned;
      }
      builder.AddHistory(history, HistoryFilter(request_, history), &report_);
      history.FillCoverage(&report_.coverage);
      TakeGaps(history.gaps());
      submodules = ListSubmodules(objects, history.has_gitlinks());
    }
    if (request_.with_worktree) {
      Result<void> scanned = ScanWorktree(objects, verifier, &builder);
      if (!scanned) {
        return scanned;
      }
    }
    builder.Finish(&report_);
    ScanSubmodules(objects.repository, submodules);
    return Suppress(objects.repository.work_tree(),
                    request_.scope == ScanRequest::Scope::kAuto);
  }

  // Each as a repository of its own; their files on disk are the whole's. The
  // report is finished by then.
  void ScanSubmodules(const Repository& repository,
                      const std::vector<Submodule>& submodules) {
    std::vector<std::string> entered = entered_;
    entered.push_back(repository.git_dir());
    ScanOptions options = options_;
    options.repo_config = false;
    options.baselines.clear();
    for (const Submodule& submodule : submodules) {
      const bool is_new = std::find(entered.begin(), entered.end(),
                                    submodule.git_dir) == entered.end();
      if (!request_.with_submodules || submodule.git_dir.empty() || !is_new) {
        report_.gaps.push_back(GapOf(submodule));
        continue;
      }
      ScanRequest request = request_;
      request.path = submodule.git_dir;
      request.with_worktree = false;
      Result<ScanReport> part =
          Scanning(request, options, engine_, progress_, entered).Run();
      if (part) {
        JoinSubmodule(submodule, std::move(*part), &report_);
      } else {
        report_.gaps.push_back(
            GapOf(part.error(), "submodule " + submodule.path));
      }
    }
    if (!submodules.empty()) {
      SortReport(&report_);
    }
  }

  // The files of the work tree, and git's own, wherever they lie.
  Result<void> ScanWorktree(const RepositoryObjects& objects,
                            const Verifier& verifier, ReportBuilder* builder) {
    const Repository& repository = objects.repository;
    const std::string& work_tree = repository.work_tree();
    const bool with_files = !repository.is_bare() && !request_.git_files_only;
    if (with_files) {
      FileSourceOptions files;
      files.max_file_size = options_.max_file_size;
      files.honour_ignores = !request_.with_ignored;
      SetGitRules(objects, &files);
      FileScan scan(&options_, &engine_, &verifier, progress_);
      Result<void> scanned = scan.RunDirectory(work_tree, files);
      if (!scanned) {
        return scanned;
      }
      AddFiles(&scan, builder);
    }
    const std::string& git_dir = repository.common_dir();
    if (with_files && git_dir == JoinPath(work_tree, ".git")) {
      return {};  // those were among them
    }
    FileScan scan(&options_, &engine_, &verifier, progress_);
    Result<void> scanned =
        scan.RunGitFiles(git_dir, repository.is_bare() ? "" : git_dir);
    if (scanned) {
      AddFiles(&scan, builder);
    }
    return scanned;
  }

  Result<void> ScanFiles(const std::string& path) {
    std::error_code error;
    const std::filesystem::file_status status =
        std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) {
      const bool is_range =
          path.find('/') == path.npos && path.find("..") != path.npos;
      return Fail(ErrorKind::kNotFound,
                  std::string("no such repository, directory or file") +
                      (is_range ? "; for commits write --range " + path : ""),
                  path);
    }
    const Verifier verifier(
        engine_.rules, [](std::string_view) { return false; },
        VerifierOptionsOf(options_));
    ReportBuilder builder(&engine_, &options_, &verifier);
    FileScan scan(&options_, &engine_, &verifier, progress_);
    FileSourceOptions files;
    files.max_file_size = options_.max_file_size;
    const bool directory = std::filesystem::is_directory(status);
    report_.target = {directory ? "directory" : "file", path, "", "", ""};
    Result<void> scanned =
        directory ? scan.RunDirectory(path, files) : scan.RunFile(path);
    if (scanned) {
      AddFiles(&scan, &builder);
      builder.Finish(&report_);
      scanned = Suppress(directory ? path : "", false);
    }
    return scanned;
  }

  Result<void> ScanStandardInput() {
    const Verifier verifier(
        engine_.rules, [](std::string_view) { return false; },
        VerifierOptionsOf(options_));
    ReportBuilder builder(&engine_, &options_, &verifier);
    FileScan scan(&options_, &engine_, &verifier, progress_);
    report_.target = {"stdin", "-", "", "", ""};
    Result<void> scanned = scan.RunStandardInput();
    if (scanned) {
      AddFiles(&scan, &builder);
      builder.Finish(&report_);
      scanned = Suppress("", false);
    }
    return scanned;
  }

  void AddFiles(FileScan* scan, ReportBuilder* builder) {
    builder->AddFiles(&scan->findings(), scan->paths(), &report_);
    scan->FillCoverage(&report_.coverage);
    TakeGaps(scan->gaps());
  }

  void DescribeRepository(const RepositoryObjects& objects) {
    const Repository& repository = objects.repository;
    report_.target.kind = "repository";
    report_.target.path =
        repository.is_bare() ? repository.git_dir() : repository.work_tree();
    const Ref* head = objects.refs.Head();
    if (head != nullptr && !head->is_dangling()) {
      report_.target.head = head->id.ToHex();
    }
    if (head != nullptr && head->is_symbolic()) {
      report_.target.branch = head->target;
    }
  }

  void TakeGaps(const std::vector<Gap>& gaps) {
    report_.gaps.insert(report_.gaps.end(), gaps.begin(), gaps.end());
  }

  const ScanRequest& request_;
  const ScanOptions& options_;
  const ScanEngine& engine_;
  ScanProgress* progress_;
  const std::vector<std::string>& entered_;
  ScanReport report_;
};

}  // namespace

unsigned ScanOptions::ThreadCount() const {
  return threads != 0 ? threads : UsableProcessors();
}

Result<ScanReport> Scan(const ScanRequest& request, const ScanOptions& options,
                        const ScanEngine& engine, ScanProgress* progress) {
  const Deadline deadline(options.timeout_seconds, &progress->cancelled);
  const std::vector<std::string> outermost;
  Result<ScanReport> report =
      Scanning(request, options, engine, progress, outermost).Run();
  if (report && progress->cancelled) {
    Gap gap;
    gap.kind = deadline.passed() ? GapKind::kTimeout : GapKind::kInterrupted;
    gap.what = "the scan";
    gap.detail = "stopped before everything was read";
    report->gaps.push_back(std::move(gap));
    SortReport(&*report);
    if (deadline.passed()) {
      progress->cancelled = false;  // the next target has its own time
    }
  }
  return report;
}

}  // namespace keysift
