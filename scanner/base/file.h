// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace keysift {

// What a path is, symbolic links followed.
enum class FileType { kNone, kFile, kDirectory, kOther };

// kNone also when the path cannot be looked at (no search permission): callers
// that must tell the two apart open it and read the error.
FileType TypeOfPath(const std::string& path);

// Whether the path itself is a symbolic link, dangling or not.
bool IsSymbolicLink(const std::string& path);
// What a symbolic link says, unresolved. Fails with kNotFound or kIo.
Result<std::string> ReadLink(const std::string& path);

// One name in a directory. `type` follows symbolic links; a dangling link is
// kNone.
struct DirectoryEntry {
  std::string name;
  FileType type = FileType::kNone;
};

// All names but "." and "..", sorted by bytes. Fails with kNotFound or kIo.
Result<std::vector<DirectoryEntry>> ListDirectory(const std::string& path);

// The content of a regular file of at most `limit` bytes, read in one go.
// Fails with kNotFound, kIo (not a regular file, or refused) or kTooLarge.
Result<std::string> ReadFile(const std::string& path, uint64_t limit);

// An error for the call that has just failed: kNotFound for ENOENT and
// ENOTDIR, kTooLarge for EFBIG, else kIo. `what` is what was tried ("open").
Error SystemError(std::string_view what, const std::string& path, int number);

// "a/b" from "a" and "b"; `name` itself if it is absolute or `folder` empty.
std::string JoinPath(std::string_view folder, std::string_view name);

// The real path, all links resolved. Fails with kNotFound or kIo.
Result<std::string> RealPath(const std::string& path);

// A file descriptor that closes itself. Movable; one owner.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept
      : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~FileDescriptor();

  // Opens for reading, closed on exec, never waiting for a FIFO's writer.
  // Fails with kNotFound or kIo.
  static Result<FileDescriptor> OpenForReading(const std::string& path);

  int get() const { return number_; }
  // Bytes. Fails with kIo if it is no regular file; `path` is for the message.
  Result<uint64_t> SizeOfRegularFile(const std::string& path) const;

 private:
  int number_ = -1;
};

}  // namespace keysift
