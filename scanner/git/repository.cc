// SPDX-License-Identifier: Apache-2.0
#include "git/repository.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/file.h"
#include "git/quoted_path.h"

namespace keysift {
namespace {

// Small files of a git directory (HEAD, .git files, commondir).
constexpr uint64_t kMaxSmallFile = 64 * 1024;
constexpr uint64_t kMaxShallowFile = 256 << 20;
// modules/a/modules/b/…: no one nests submodules deeper.
constexpr int kMaxModuleDepth = 16;

std::string GetEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string_view CutLineEnd(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

std::string ParentOf(const std::string& path) {
  size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

std::string NameOf(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

tl::unexpected<Error> NotARepository(const std::string& path) {
  return Fail(ErrorKind::kNotFound, "not a git repository", path);
}

// The git directory that a `.git` file names (gitrepository-layout: "gitdir:
// <path>", relative to the file's folder).
Result<std::string> FollowGitFile(const std::string& path) {
  constexpr std::string_view kPrefix = "gitdir: ";
  Result<std::string> text = ReadFile(path, kMaxSmallFile);
  if (!text) {
    return text;
  }
  std::string_view line = CutLineEnd(*text);
  if (!line.starts_with(kPrefix) || line.size() == kPrefix.size()) {
    return Fail(ErrorKind::kDamaged, "a .git file that names no git directory",
                path);
  }
  std::string target = JoinPath(ParentOf(path), line.substr(kPrefix.size()));
  if (!IsGitDirectory(target)) {
    return Fail(ErrorKind::kNotFound, "it names no git directory: " + target,
                path);
  }
  return target;
}

// The git directory of exactly this path; empty if it is none.
Result<std::string> GitDirAt(const std::string& path) {
  std::string inner = JoinPath(path, ".git");
  switch (TypeOfPath(inner)) {
    case FileType::kFile:
      return FollowGitFile(inner);
    case FileType::kDirectory:
      if (IsGitDirectory(inner)) {
        return inner;
      }
      break;
    default:
      break;
  }
  return IsGitDirectory(path) ? path : std::string();
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

bool IsGitDirectory(const std::string& path) {
  Result<std::string> head = ReadFile(JoinPath(path, "HEAD"), kMaxSmallFile);
  std::string_view text = head ? std::string_view(*head) : std::string_view();
  // A HEAD that is a dangling symbolic link cannot be read; its name remains.
  bool unborn_link = !head && head.error().kind == ErrorKind::kNotFound &&
                     IsSymbolicLink(JoinPath(path, "HEAD"));
  bool hex = text.size() >= 40 &&
             text.substr(0, 40).find_first_not_of("0123456789abcdefABCDEF") ==
                 std::string_view::npos;
  if (!text.starts_with("ref:") && !hex && !unborn_link) {
    return false;
  }
  std::string common = path;
  Result<std::string> other =
      ReadFile(JoinPath(path, "commondir"), kMaxSmallFile);
  if (other) {
    common = JoinPath(path, CutLineEnd(*other));
  }
  return TypeOfPath(JoinPath(common, "objects")) == FileType::kDirectory &&
         TypeOfPath(JoinPath(common, "refs")) == FileType::kDirectory;
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
  Result<std::string> git_dir = TypeOfPath(*real) == FileType::kFile
                                    ? FollowGitFile(*real)
                                    : GitDirAt(*real);
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
  if (!environment.index_file.empty()) {
    index_path_ = Resolve(start, environment.index_file);
  }
  if (!environment.object_directory.empty()) {
    object_directory_ = Resolve(start, environment.object_directory);
  }
  for (const std::string& path :
       SplitPathList(environment.alternate_directories, ':')) {
    environment_alternates_.push_back(Resolve(start, path));
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

namespace {

// A module's name may hold slashes: look below what is no git directory; and
// a module has modules of its own.
void CollectModules(const std::string& folder, int depth,
                    std::vector<std::string>* found) {
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(folder);
  if (!entries || depth > kMaxModuleDepth) {
    return;
  }
  for (const DirectoryEntry& entry : *entries) {
    std::string path = JoinPath(folder, entry.name);
    if (entry.type != FileType::kDirectory) {
      continue;
    }
    if (IsGitDirectory(path)) {
      found->push_back(path);
      CollectModules(JoinPath(path, "modules"), depth + 1, found);
    } else {
      CollectModules(path, depth + 1, found);
    }
  }
}

}  // namespace

std::vector<std::string> Repository::SubmoduleGitDirs() const {
  std::vector<std::string> found;
  CollectModules(JoinPath(common_dir_, "modules"), 0, &found);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace keysift
