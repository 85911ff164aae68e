// SPDX-License-Identifier: Apache-2.0
#include "base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace keysift {

Result<FileLock> FileLock::Take(const std::string& path) {
  FileLock lock;
  const int number =
      open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (number < 0) {
    return tl::unexpected(SystemError("open", path, errno));
  }
  lock.file_ = FileDescriptor(number);
  if (flock(number, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return tl::unexpected(SystemError("lock", path, errno));
    }
    const std::string holder = ReadFile(path, 64).value_or("");
    return Fail(ErrorKind::kIo,
                "another process works on it (" +
                    (holder.empty() ? "which one it does not say" : holder) +
                    "); wait for it, or give each its own store and merge them",
                path);
  }
  const std::string holder = "process " + std::to_string(getpid());
  if (ftruncate(number, 0) == 0) {
    // For the message above only: a full disk does not matter here.
    [[maybe_unused]] const ssize_t written =
        pwrite(number, holder.data(), holder.size(), 0);
  }
  return lock;
}

}  // namespace keysift
