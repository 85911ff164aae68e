// SPDX-License-Identifier: Apache-2.0
#include "source/file_source.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include "base/file.h"
#include "source/ignore_rules.h"

namespace keysift {
namespace {

constexpr uint64_t kLargestIgnoreFile = 16 << 20;
// Names of branches in logs/ nest, submodules in modules/ do; not that deep.
constexpr int kMaxGitDepth = 1000;

struct Name {
  std::string name;
  bool is_directory = false;
};

struct CloseDirectory {
  void operator()(DIR* folder) const { closedir(folder); }
};

// Regular files and folders only; links are what they are, not what they name.
void AddEntry(int folder, const dirent& entry, std::vector<Name>* names) {
  const std::string name = entry.d_name;
  if (name == "." || name == "..") {
    return;
  }
  bool is_directory = entry.d_type == DT_DIR;
  bool is_file = entry.d_type == DT_REG;
  if (entry.d_type == DT_UNKNOWN) {
    struct stat status {};
    if (fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
      is_directory = S_ISDIR(status.st_mode);
      is_file = S_ISREG(status.st_mode);
    }
  }
  if (is_directory || is_file) {
    names->push_back({name, is_directory});
  }
}

Result<std::vector<Name>> NamesIn(const std::string& path, bool follow) {
  const int number = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC |
                                            (follow ? 0 : O_NOFOLLOW));
  std::unique_ptr<DIR, CloseDirectory> folder(number < 0 ? nullptr
                                                         : fdopendir(number));
  if (folder == nullptr) {
    const int reason = errno;
    if (number >= 0) {
      close(number);
    }
    return tl::unexpected<Error>(SystemError("read", path, reason));
  }
  std::vector<Name> names;
  errno = 0;
  while (const dirent* entry = readdir(folder.get())) {
    AddEntry(number, *entry, &names);
    errno = 0;
  }
  if (errno != 0) {
    return tl::unexpected<Error>(SystemError("read", path, errno));
  }
  std::sort(names.begin(), names.end(),
            [](const Name& a, const Name& b) { return a.name < b.name; });
  return names;
}

// Waits until there is something to read, an end or an error; false if the
// scan was stopped first. In short steps, for whoever writes may never do.
bool WaitToRead(int descriptor, const SourceSink& sink) {
  constexpr int kStep = 50;  // milliseconds
  pollfd waiting = {descriptor, POLLIN, 0};
  while (!sink.stopped()) {
    const int ready = poll(&waiting, 1, kStep);
    if (ready > 0 || (ready < 0 && errno != EINTR)) {
      return true;
    }
  }
  return false;
}

// Reads at most `limit` bytes and one more, to know that there is more. With
// `sink`, only until that says that the scan was stopped.
Result<std::string> ReadUpTo(int descriptor, const std::string& path,
                             uint64_t expected, uint64_t limit,
                             const SourceSink* sink = nullptr) {
  constexpr size_t kChunk = 256 << 10;
  std::string bytes;
  bytes.resize(std::min(expected, limit) + 1);
  size_t filled = 0;
  while (sink == nullptr || WaitToRead(descriptor, *sink)) {
    if (filled == bytes.size()) {
      bytes.resize(bytes.size() + std::max(kChunk, bytes.size() / 2));
    }
    const ssize_t got =
        read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (got > 0) {
      filled += static_cast<size_t>(got);
    } else if (got == 0) {
      break;
    } else if (errno != EINTR) {
      return tl::unexpected<Error>(SystemError("read", path, errno));
    }
    if (filled > limit) {
      break;
    }
  }
  bytes.resize(filled);
  return bytes;
}

// Opens a regular file, never a link, never waiting for a FIFO's writer.
// nullopt-like: kNotFound if it is something else by now.
Result<FileDescriptor> OpenRegular(const std::string& path,
                                   struct stat* status) {
  FileDescriptor file(open(
      path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno == ELOOP) {
      return Fail(ErrorKind::kNotFound, "is a symbolic link by now", path);
    }
    return tl::unexpected<Error>(SystemError("open", path, errno));
  }
  if (fstat(file.get(), status) != 0) {
    return tl::unexpected<Error>(SystemError("open", path, errno));
  }
  if (!S_ISREG(status->st_mode)) {
    return Fail(ErrorKind::kNotFound, "is no regular file by now", path);
  }
  return file;
}

// Parts of a git directory that a scan of the repository reads, or says that
// it does not.
bool IsReadElsewhere(const Name& name) {
  if (name.is_directory) {
    return name.name == "objects" || name.name == "refs" || name.name == "lfs";
  }
  return name.name == "index" || name.name == "index.lock" ||
         name.name.starts_with("sharedindex.");
}

// The walk: which names of which folders are files to read.
class Walk {
 public:
  Walk(const FileSourceOptions& options, const SourceSink& sink)
      : options_(options), sink_(sink) {
    if (options.honour_ignores) {
      levels_.push_back({0, IgnoreRules::Parse(options.exclude)});
    }
  }

  void Folder(const std::string& path, const std::string& relative,
              const std::vector<Name>& names, bool ignored) {
    const bool pushed = PushIgnoreFile(path, relative, names);
    for (const Name& name : names) {
      if (sink_.stopped()) {
        return;
      }
      const std::string below = JoinPath(relative, name.name);
      if (name.name == ".git" && name.is_directory) {
        GitFolder(JoinPath(path, name.name), below, 0);
      } else {
        Entry(name, JoinPath(path, name.name), below, ignored);
      }
    }
    if (pushed) {
      levels_.pop_back();
    }
  }

  // What lies in a git directory beside objects and refs, those of work trees
  // and submodules in it too: a URL in config, a hook, a message in the making
  // may hold a password.
  void GitFolder(const std::string& path, const std::string& relative,
                 int depth) {
    Result<std::vector<Name>> names = NamesIn(path, false);
    if (!names || depth > kMaxGitDepth) {
      if (!names && names.error().kind != ErrorKind::kNotFound) {
        sink_.problem({names.error(), relative, 0});
      }
      return;
    }
    const bool is_git_dir =
        std::any_of(names->begin(), names->end(),
                    [](const Name& name) { return name.name == "HEAD"; });
    for (const Name& name : *names) {
      const std::string at = JoinPath(path, name.name);
      const std::string below = JoinPath(relative, name.name);
      if (is_git_dir && IsReadElsewhere(name)) {
        continue;
      }
      if (name.is_directory) {
        GitFolder(at, below, depth + 1);
      } else {
        files_.push_back({at, below});
      }
    }
  }

  std::vector<ListedFile> Take() { return std::move(files_); }

 private:
  struct Level {
    size_t prefix = 0;  // length of "folder/" in relative paths
    IgnoreRules rules;
  };

  // Files below an ignored folder are left out, but for tracked ones.
  void Entry(const Name& name, const std::string& path,
             const std::string& relative, bool ignored) {
    ignored = ignored || IsIgnored(relative, name.is_directory);
    if (ignored && !IsTracked(relative, name.is_directory)) {
      return;
    }
    if (!name.is_directory) {
      files_.push_back({path, relative});
      return;
    }
    Result<std::vector<Name>> names = NamesIn(path, false);
    if (names) {
      Folder(path, relative, *names, ignored);
    } else if (names.error().kind != ErrorKind::kNotFound) {
      sink_.problem({names.error(), relative, 0});
    }
  }

  bool PushIgnoreFile(const std::string& path, const std::string& relative,
                      const std::vector<Name>& names) {
    const bool has =
        std::any_of(names.begin(), names.end(), [](const Name& name) {
          return name.name == ".gitignore" && !name.is_directory;
        });
    if (!options_.honour_ignores || !has) {
      return false;
    }
    struct stat status {};
    const std::string file = JoinPath(path, ".gitignore");
    Result<FileDescriptor> opened = OpenRegular(file, &status);
    if (!opened) {
      return false;  // said when the file itself is read
    }
    Result<std::string> text =
        ReadUpTo(opened->get(), file, static_cast<uint64_t>(status.st_size),
                 kLargestIgnoreFile);
    if (!text) {
      return false;
    }
    const size_t prefix = relative.empty() ? 0 : relative.size() + 1;
    levels_.push_back({prefix, IgnoreRules::Parse(*text)});
    return true;
  }

  // The deepest file that says anything decides.
  bool IsIgnored(const std::string& relative, bool is_directory) const {
    for (size_t i = levels_.size(); i > 0; --i) {
      const Level& level = levels_[i - 1];
      const std::optional<bool> decision = level.rules.Decide(
          std::string_view(relative).substr(level.prefix), is_directory);
      if (decision) {
        return *decision;
      }
    }
    return false;
  }

  bool IsTracked(const std::string& relative, bool is_directory) const {
    const std::string start = is_directory ? relative + "/" : relative;
    const auto found = std::lower_bound(options_.tracked.begin(),
                                        options_.tracked.end(), start);
    return found != options_.tracked.end() &&
           (is_directory ? found->starts_with(start) : *found == start);
  }

  const FileSourceOptions& options_;
  const SourceSink& sink_;
  std::vector<Level> levels_;
  std::vector<ListedFile> files_;
};

}  // namespace

Result<std::vector<ListedFile>> ListFiles(const std::string& root,
                                          const FileSourceOptions& options,
                                          const SourceSink& sink) {
  Result<std::vector<Name>> names = NamesIn(root, true);
  if (!names) {
    return tl::unexpected<Error>(names.error());
  }
  Walk walk(options, sink);
  walk.Folder(root, "", *names, false);
  return walk.Take();
}

std::vector<ListedFile> ListGitFiles(const std::string& git_dir,
                                     const std::string& shown_as,
                                     const SourceSink& sink) {
  const FileSourceOptions options;
  Walk walk(options, sink);
  walk.GitFolder(git_dir, shown_as, 0);
  return walk.Take();
}

void ReadListedFile(const ListedFile& file, const FileSourceOptions& options,
                    const SourceSink& sink) {
  struct stat status {};
  Result<FileDescriptor> opened = OpenRegular(file.path, &status);
  if (!opened) {
    if (opened.error().kind != ErrorKind::kNotFound) {
      sink.problem({opened.error(), file.relative, 0});
    }
    return;
  }
  const uint64_t size = static_cast<uint64_t>(status.st_size);
  const Error too_large{ErrorKind::kTooLarge,
                        "the file is over --max-file-size", file.relative};
  if (size > options.max_file_size) {
    sink.problem({too_large, file.relative, size});
    return;
  }
  Result<std::string> bytes =
      ReadUpTo(opened->get(), file.path, size, options.max_file_size);
  if (!bytes) {
    sink.problem({bytes.error(), file.relative, size});
  } else if (bytes->size() > options.max_file_size) {  // it grew
    sink.problem({too_large, file.relative, bytes->size()});
  } else {
    sink.text({*bytes, file.relative, "file"});
  }
}

Result<void> ReadDirectory(const std::string& root,
                           const FileSourceOptions& options,
                           const SourceSink& sink) {
  Result<std::vector<ListedFile>> files = ListFiles(root, options, sink);
  if (!files) {
    return tl::unexpected<Error>(files.error());
  }
  for (const ListedFile& file : *files) {
    if (sink.stopped()) {
      break;
    }
    ReadListedFile(file, options, sink);
  }
  return {};
}

Result<void> ReadStandardInput(uint64_t max_bytes, const SourceSink& sink) {
  const uint64_t limit = std::min<uint64_t>(max_bytes, UINT64_MAX - 1);
  Result<std::string> bytes =
      ReadUpTo(STDIN_FILENO, "standard input", 0, limit, &sink);
  if (!bytes) {
    return tl::unexpected<Error>(bytes.error());
  }
  if (bytes->size() > limit) {
    sink.problem(
        {{ErrorKind::kTooLarge, "standard input is over --max-file-size", "-"},
         "-",
         0});
    bytes->resize(limit);
  }
  sink.text({*bytes, "-", "stdin"});
  return {};
}

}  // namespace keysift
