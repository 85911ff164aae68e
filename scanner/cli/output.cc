// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/file.h"
#include "cli/fatal.h"
#include "cli/terminal.h"

namespace keysift {
namespace {

tl::unexpected<Error> CannotWrite(const std::string& path, int number) {
  return Fail(
      ErrorKind::kIo,
      std::string("the report cannot be written: ") + std::strerror(number),
      path);
}

// What the shell's >(…) and /dev/stdout are: links on purpose.
bool IsDescriptorPath(const std::string& path) {
  return path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/") ||
         path == "/dev/stdout" || path == "/dev/stderr";
}

// True for what is written in place; false for files, there or not.
Result<bool> IsWrittenInPlace(const std::string& path) {
  if (IsDescriptorPath(path)) {
    return true;
  }
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) {
      return false;
    }
    return CannotWrite(path, errno);
  }
  if (S_ISDIR(status.st_mode)) {
    return CannotWrite(path, EISDIR);
  }
  if (S_ISLNK(status.st_mode)) {
    return Fail(ErrorKind::kIo,
                "is a symbolic link; name the file that it leads to", path);
  }
  return !S_ISREG(status.st_mode);
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) {
    return ".";
  }
  return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> WriteInPlace(const std::string& path, std::string_view bytes) {
  const int flags = O_WRONLY | O_CLOEXEC | O_NOCTTY;
  const FileDescriptor file(open(path.c_str(), flags));
  if (file.get() < 0 || !WriteAll(file.get(), bytes)) {
    return CannotWrite(path, errno);
  }
  return {};
}

Result<void> WriteBesideAndRename(const std::string& path,
                                  std::string_view bytes) {
  std::string beside = path + ".XXXXXX";
  const FileDescriptor file(mkostemp(beside.data(), O_CLOEXEC));  // mode 0600
  if (file.get() < 0) {
    return CannotWrite(path, errno);
  }
  if (!WriteAll(file.get(), bytes) ||
      std::rename(beside.c_str(), path.c_str()) != 0) {
    const int number = errno;
    unlink(beside.c_str());
    return CannotWrite(path, number);
  }
  return {};
}

}  // namespace

Result<void> CheckOutput(const OutputPath& output) {
  if (output.IsStandardOutput()) {
    return {};
  }
  Result<bool> in_place = IsWrittenInPlace(output.path);
  if (!in_place) {
    return tl::unexpected<Error>(in_place.error());
  }
  const std::string target = *in_place ? output.path : FolderOf(output.path);
  if (access(target.c_str(), W_OK) != 0) {
    return CannotWrite(output.path, errno);
  }
  return {};
}

Result<void> WriteOutput(const OutputPath& output, std::string_view bytes) {
  if (output.IsStandardOutput()) {
    if (!WriteAll(STDOUT_FILENO, bytes)) {
      return CannotWrite("standard output", errno);
    }
    return {};
  }
  Result<bool> in_place = IsWrittenInPlace(output.path);
  if (!in_place) {
    return tl::unexpected<Error>(in_place.error());
  }
  return *in_place ? WriteInPlace(output.path, bytes)
                   : WriteBesideAndRename(output.path, bytes);
}

int PrintAnswer(const Result<std::string>& answer) {
  if (!answer) {
    Say(answer.error().ToString());
    return kExitError;
  }
  return WriteAll(STDOUT_FILENO, *answer) ? 0 : kExitError;
}

}  // namespace keysift
