// SPDX-License-Identifier: Apache-2.0
#include "git/repository.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/file.h"
#include "git/git_dir.h"
#include "git/quoted_path.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxShallowFile = 256 << 20;

std::string GetEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

tl::unexpected<Error> NotARepository(const std::string& path) {
  return Fail(ErrorKind::kNotFound, "not a git repository", path);
}

// Whether a file that could not be followed is a git file at all: any other
// name may hold anything.
bool IsGitFileError(const std::string& path, const Error& error) {
  return NameOf(path) == ".git" || (error.kind != ErrorKind::kDamaged &&
                                    error.kind != ErrorKind::kTooLarge);
}

// A path relative to `start`, as a real one if it exists.
std::string Resolve(const std::string& start, const std::string& path) {
  std::string joined = JoinPath(start, path);
  return RealPath(joined).value_or(joined);
}

}  // namespace

GitEnvironment GitEnvironment::FromProcess() {
  return GitEnvironment{GetEnvironment("GIT_DIR"),
                        GetEnvironment("GIT_WORK_TREE"),
                        GetEnvironment("GIT_COMMON_DIR"),
                        GetEnvironment("GIT_INDEX_FILE"),
                        GetEnvironment("GIT_OBJECT_DIRECTORY"),
                        GetEnvironment("GIT_ALTERNATE_OBJECT_DIRECTORIES"),
                        GetEnvironment("GIT_QUARANTINE_PATH")};
}

Result<Repository> Repository::Discover(const std::string& start) {
  Result<std::string> folder = RealPath(start.empty() ? "." : start);
  if (!folder) {
    return tl::unexpected(folder.error());
  }
  std::string at = *folder;
  for (;;) {
    Result<std::string> git_dir = GitDirAt(at);
    if (!git_dir) {
      return tl::unexpected(git_dir.error());
    }
    if (!git_dir->empty()) {
      Repository repository;
      Result<void> loaded = repository.Load(*git_dir);
      if (!loaded) {
        return tl::unexpected(loaded.error());
      }
      return repository;
    }
    if (at == "/") {
      return NotARepository(*folder);
    }
    at = ParentOf(at);
  }
}

Result<Repository> Repository::OpenExact(const std::string& path) {
  Result<std::string> real = RealPath(path);
  if (!real) {
    return tl::unexpected(real.error());
  }
  const bool is_file = TypeOfPath(*real) == FileType::kFile;
  Result<std::string> git_dir =
      is_file ? FollowGitFile(*real) : GitDirAt(*real);
  if (!git_dir && is_file && !IsGitFileError(*real, git_dir.error())) {
    return NotARepository(path);
  }
  if (!git_dir) {
    return tl::unexpected(git_dir.error());
  }
  if (git_dir->empty()) {
    return NotARepository(path);
  }
  Repository repository;
  Result<void> loaded = repository.Load(*git_dir);
  if (!loaded) {
    return tl::unexpected(loaded.error());
  }
  return repository;
}

Result<Repository> Repository::FromEnvironment(
    const GitEnvironment& environment, const std::string& start) {
  Result<std::string> folder = RealPath(start.empty() ? "." : start);
  if (!folder) {
    return tl::unexpected(folder.error());
  }
  Result<Repository> repository =
      environment.git_dir.empty()
          ? Discover(*folder)
          : OpenExact(JoinPath(*folder, environment.git_dir));
  if (!repository) {
    return repository;
  }
  Result<void> applied = repository->Apply(environment, *folder);
  if (!applied) {
    return tl::unexpected(applied.error());
  }
  return repository;
}

Result<void> Repository::Load(const std::string& git_dir) {
  Result<std::string> real = RealPath(git_dir);
  if (!real) {
    return tl::unexpected(real.error());
  }
  git_dir_ = *real;
  Result<void> step = ReadCommonDir();
  if (step) {
    step = ReadConfig();
  }
  if (step) {
    step = CheckFormat();
  }
  if (step) {
    step = ReadShallow();
  }
  if (!step) {
    return step;
  }
  FindWorkTree();
  index_path_ = JoinPath(git_dir_, "index");
  object_directory_ = JoinPath(common_dir_, "objects");
  return {};
}

Result<void> Repository::ReadCommonDir() {
  std::string path = JoinPath(git_dir_, "commondir");
  Result<std::string> text = ReadFile(path, kMaxSmallFile);
  if (!text && text.error().kind != ErrorKind::kNotFound) {
    return tl::unexpected(text.error());
  }
  common_dir_ = git_dir_;
  if (!text) {
    return {};
  }
  Result<std::string> real = RealPath(JoinPath(git_dir_, CutLineEnd(*text)));
  if (!real) {
    return tl::unexpected(real.error());
  }
  common_dir_ = *real;
  return {};
}

Result<void> Repository::ReadConfig() {
  std::string path = JoinPath(common_dir_, "config");
  Result<ConfigFile> config = ConfigFile::Read(path);
  if (config) {
    config_ = std::move(*config);
  } else if (config.error().kind != ErrorKind::kNotFound) {
    return tl::unexpected(config.error());
  }
  if (config_.GetBool("extensions.worktreeconfig").value_or(false)) {
    Result<ConfigFile> own =
        ConfigFile::Read(JoinPath(git_dir_, "config.worktree"));
    if (own) {
      worktree_config_ = std::move(*own);
    } else if (own.error().kind != ErrorKind::kNotFound) {
      return tl::unexpected(own.error());
    }
  }
  if (config_.has_includes()) {
    limitations_.push_back(
        Error{ErrorKind::kUnsupported, "included files are not read", path});
  }
  return {};
}

// gitrepository-layout and git's repository-version document: version 0 knows
// a few extensions only, version 1 demands that each is understood.
Result<void> Repository::CheckFormat() {
  std::string path = JoinPath(common_dir_, "config");
  std::string_view text =
      config_.Get("core.repositoryformatversion").value_or("0");
  if (text != "0" && text != "1") {
    return Fail(ErrorKind::kUnsupported,
                "repository format version " + std::string(text), path);
  }
  if (TypeOfPath(JoinPath(common_dir_, "reftable")) == FileType::kDirectory) {
    return Fail(ErrorKind::kUnsupported,
                "refs in the reftable format; "
                "`git refs migrate --ref-format=files` makes them readable",
                common_dir_);
  }
  for (const ConfigEntry& entry : config_.entries()) {
    Result<void> checked = CheckExtension(entry, text == "1" ? 1 : 0);
    if (!checked) {
      return checked;
    }
  }
  if (TypeOfPath(JoinPath(common_dir_, "info/grafts")) == FileType::kFile) {
    limitations_.push_back(Error{ErrorKind::kUnsupported,
                                 "grafts are not followed",
                                 JoinPath(common_dir_, "info/grafts")});
  }
  return {};
}

Result<void> Repository::CheckExtension(const ConfigEntry& entry, int version) {
  std::string path = JoinPath(common_dir_, "config");
  std::string_view key = entry.key;
  if (key.starts_with("remote.") &&
      (key.ends_with(".promisor") || key.ends_with(".partialclonefilter"))) {
    bool off = key.ends_with(".promisor") && entry.has_value &&
               !ParseConfigBool(entry.value).value_or(true);
    partial_clone_ = partial_clone_ || !off;
  }
  constexpr std::string_view kPrefix = "extensions.";
  if (!key.starts_with(kPrefix)) {
    return {};
  }
  std::string_view name = key.substr(kPrefix.size());
  if (name == "objectformat" && entry.value != "sha1") {
    return Fail(ErrorKind::kUnsupported,
                "objects are named by " + entry.value +
                    "; keysift reads SHA-1 repositories only",
                path);
  }
  if (name == "refstorage" && entry.value != "files") {
    return Fail(ErrorKind::kUnsupported,
                "refs are stored as " + entry.value +
                    "; keysift reads files and packed-refs only",
                path);
  }
  if (name == "partialclone") {
    partial_clone_ = true;
    return {};
  }
  constexpr std::string_view kKnown[] = {
      "objectformat", "refstorage",      "worktreeconfig",   "noop",
      "noop-v1",      "preciousobjects", "relativeworktrees"};
  bool known =
      std::find(std::begin(kKnown), std::end(kKnown), name) != std::end(kKnown);
  if (!known && version == 1) {
    limitations_.push_back(
        Error{ErrorKind::kUnsupported,
              "an unknown repository extension: " + std::string(name), path});
  }
  return {};
}

void Repository::FindWorkTree() {
  std::string_view configured =
      worktree_config_.Get("core.worktree")
          .value_or(config_.Get("core.worktree").value_or(""));
  if (git_dir_ != common_dir_) {
    // worktrees/<name>/gitdir names the `.git` file of the work tree.
    Result<std::string> text =
        ReadFile(JoinPath(git_dir_, "gitdir"), kMaxSmallFile);
    if (text) {
      std::string folder = ParentOf(JoinPath(git_dir_, CutLineEnd(*text)));
      work_tree_ = RealPath(folder).value_or("");
    }
    return;
  }
  if (!configured.empty()) {
    work_tree_ = RealPath(JoinPath(git_dir_, configured)).value_or("");
    return;
  }
  std::optional<bool> bare = worktree_config_.GetBool("core.bare");
  if (!bare) {
    bare = config_.GetBool("core.bare");
  }
  if (NameOf(git_dir_) == ".git" && !bare.value_or(false)) {
    work_tree_ = ParentOf(git_dir_);
  }
}

Result<void> Repository::ReadShallow() {
  std::string path = JoinPath(common_dir_, "shallow");
  Result<std::string> text = ReadFile(path, kMaxShallowFile);
  if (!text) {
    if (text.error().kind == ErrorKind::kNotFound) {
      return {};
    }
    return tl::unexpected(text.error());
  }
  std::string_view rest = *text;
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    std::optional<ObjectId> id = ObjectId::FromHex(CutLineEnd(line));
    if (!id) {
      return Fail(ErrorKind::kDamaged, "a line that is no commit id", path);
    }
    shallow_.push_back(*id);
  }
  return {};
}

Result<void> Repository::Apply(const GitEnvironment& environment,
                               const std::string& start) {
  if (!environment.common_dir.empty()) {
    Result<std::string> real =
        RealPath(JoinPath(start, environment.common_dir));
    if (!real) {
      return tl::unexpected(real.error());
    }
    // Everything shared is read anew from there.
    Repository other;
    other.git_dir_ = git_dir_;
    other.common_dir_ = *real;
    Result<void> step = other.ReadConfig();
    if (step) {
      step = other.CheckFormat();
    }
    if (step) {
      step = other.ReadShallow();
    }
    if (!step) {
      return step;
    }
    other.work_tree_ = work_tree_;
    other.index_path_ = index_path_;
    other.object_directory_ = JoinPath(other.common_dir_, "objects");
    *this = std::move(other);
  }
  if (!environment.work_tree.empty()) {
    work_tree_ = Resolve(start, environment.work_tree);
  } else if (!environment.git_dir.empty() && work_tree_.empty() &&
             !config_.GetBool("core.bare").value_or(false)) {
    work_tree_ = start;  // with GIT_DIR alone, git takes the current directory
  }
  // git goes to the top of the work tree before it looks at these.
  const bool inside =
      start == work_tree_ || (start + "/").starts_with(work_tree_ + "/");
  const std::string& base = inside && !work_tree_.empty() ? work_tree_ : start;
  if (!environment.index_file.empty()) {
    index_path_ = Resolve(base, environment.index_file);
  }
  if (!environment.object_directory.empty()) {
    object_directory_ = Resolve(base, environment.object_directory);
  }
  for (const std::string& path :
       SplitPathList(environment.alternate_directories, ':')) {
    environment_alternates_.push_back(Resolve(base, path));
  }
  return {};
}

std::vector<LinkedWorktree> Repository::LinkedWorktrees() const {
  std::vector<LinkedWorktree> worktrees;
  std::string folder = JoinPath(common_dir_, "worktrees");
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(folder);
  if (!entries) {
    return worktrees;
  }
  for (const DirectoryEntry& entry : *entries) {
    if (entry.type != FileType::kDirectory) {
      continue;
    }
    LinkedWorktree worktree{entry.name, JoinPath(folder, entry.name), ""};
    Result<std::string> text =
        ReadFile(JoinPath(worktree.git_dir, "gitdir"), kMaxSmallFile);
    if (text) {
      std::string file = JoinPath(worktree.git_dir, CutLineEnd(*text));
      worktree.work_tree = RealPath(ParentOf(file)).value_or("");
    }
    worktrees.push_back(std::move(worktree));
  }
  return worktrees;
}

std::vector<std::string> Repository::SubmoduleGitDirs() const {
  return ListModules(JoinPath(common_dir_, "modules"));
}

}  // namespace keysift
