// SPDX-License-Identifier: Apache-2.0
#include "base/file_stamp.h"

#include <sys/stat.h>

namespace keysift {
namespace {

FileStamp StampIn(const struct stat& status) {
  constexpr int64_t kNanoseconds = 1000000000;
  return FileStamp{
      static_cast<uint64_t>(status.st_size),
      status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec,
      static_cast<uint64_t>(status.st_ino)};
}

}  // namespace

std::string FileStamp::ToText() const {
  return std::to_string(size) + " " + std::to_string(modified) + " " +
         std::to_string(number);
}

std::optional<FileStamp> StampOf(const std::string& path) {
  struct stat status = {};
  if (lstat(path.c_str(), &status) != 0) {
    return std::nullopt;
  }
  return StampIn(status);
}

std::optional<FileStamp> StampOfOpen(int descriptor) {
  struct stat status = {};
  if (fstat(descriptor, &status) != 0) {
    return std::nullopt;
  }
  return StampIn(status);
}

}  // namespace keysift
