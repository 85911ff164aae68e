// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace keysift {
namespace {

FileType TypeOfMode(mode_t mode) {
  if (S_ISREG(mode)) {
    return FileType::kFile;
  }
  return S_ISDIR(mode) ? FileType::kDirectory : FileType::kOther;
}

FileType TypeOfEntry(int folder, const dirent& entry) {
  if (entry.d_type == DT_REG) {
    return FileType::kFile;
  }
  if (entry.d_type == DT_DIR) {
    return FileType::kDirectory;
  }
  struct stat status {};
  if (fstatat(folder, entry.d_name, &status, 0) != 0) {
    return FileType::kNone;
  }
  return TypeOfMode(status.st_mode);
}

struct CloseDirectory {
  void operator()(DIR* folder) const { closedir(folder); }
};

}  // namespace

Error SystemError(std::string_view what, const std::string& path, int number) {
  ErrorKind kind = ErrorKind::kIo;
  if (number == ENOENT || number == ENOTDIR) {
    kind = ErrorKind::kNotFound;
  } else if (number == EFBIG) {
    kind = ErrorKind::kTooLarge;
  }
  char text[128] = "";
  // The GNU form: it may answer with a text of its own.
  const char* reason = strerror_r(number, text, sizeof text);
  return Error{kind, "cannot " + std::string(what) + ": " + reason, path};
}

FileType TypeOfPath(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    return FileType::kNone;
  }
  return TypeOfMode(status.st_mode);
}

bool IsSymbolicLink(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

Result<std::string> ReadLink(const std::string& path) {
  char target[PATH_MAX];
  ssize_t size = readlink(path.c_str(), target, sizeof target);
  if (size < 0) {
    return tl::unexpected(SystemError("read the link", path, errno));
  }
  return std::string(target, static_cast<size_t>(size));
}

Result<std::vector<DirectoryEntry>> ListDirectory(const std::string& path) {
  std::unique_ptr<DIR, CloseDirectory> folder(opendir(path.c_str()));
  if (!folder) {
    return tl::unexpected(SystemError("list the directory", path, errno));
  }
  std::vector<DirectoryEntry> entries;
  for (;;) {
    errno = 0;
    const dirent* entry = readdir(folder.get());
    if (entry == nullptr) {
      break;
    }
    std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      entries.push_back(
          {std::string(name), TypeOfEntry(dirfd(folder.get()), *entry)});
    }
  }
  if (errno != 0) {
    return tl::unexpected(SystemError("list the directory", path, errno));
  }
  std::sort(entries.begin(), entries.end(),
            [](const DirectoryEntry& left, const DirectoryEntry& right) {
              return left.name < right.name;
            });
  return entries;
}

Result<std::string> ReadFile(const std::string& path, uint64_t limit) {
  Result<FileDescriptor> file = FileDescriptor::OpenForReading(path);
  if (!file) {
    return tl::unexpected(file.error());
  }
  Result<uint64_t> size = file->SizeOfRegularFile(path);
  if (!size) {
    return tl::unexpected(size.error());
  }
  // A growing file is read to its end, as long as that is within the limit.
  std::string content(std::min(*size, limit) + 1, '\0');
  size_t filled = 0;
  for (;;) {
    if (filled > limit) {
      return Fail(ErrorKind::kTooLarge,
                  "larger than " + std::to_string(limit) + " bytes", path);
    }
    if (filled == content.size()) {
      content.resize(std::min<uint64_t>(2 * filled, limit + 1));
    }
    ssize_t got = read(file->get(), &content[filled], content.size() - filled);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return tl::unexpected(SystemError("read", path, errno));
    }
    if (got == 0) {
      break;
    }
    filled += static_cast<size_t>(got);
  }
  content.resize(filled);
  return content;
}

std::string JoinPath(std::string_view folder, std::string_view name) {
  if (folder.empty() || (!name.empty() && name.front() == '/')) {
    return std::string(name);
  }
  std::string path(folder);
  if (path.back() != '/') {
    path += '/';
  }
  return path.append(name);
}

Result<std::string> RealPath(const std::string& path) {
  char resolved[PATH_MAX];
  if (realpath(path.c_str(), resolved) == nullptr) {
    return tl::unexpected(SystemError("resolve the path", path, errno));
  }
  return std::string(resolved);
}

Result<uint64_t> FileDescriptor::SizeOfRegularFile(
    const std::string& path) const {
  struct stat status {};
  if (fstat(number_, &status) != 0) {
    return tl::unexpected(SystemError("look at the file", path, errno));
  }
  if (!S_ISREG(status.st_mode)) {
    return Fail(ErrorKind::kIo, "not a regular file", path);
  }
  return static_cast<uint64_t>(status.st_size);
}

Result<FileDescriptor> FileDescriptor::OpenForReading(const std::string& path) {
  if (path.find('\0') != std::string::npos) {
    return Fail(ErrorKind::kNotFound, "a path with a NUL byte");
  }
  int number = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (number < 0) {
    return tl::unexpected(SystemError("open", path, errno));
  }
  return FileDescriptor(number);
}

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) {
    close(number_);
  }
}

}  // namespace keysift
