// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace keysift {

// What tells a file from its later self without reading it.
struct FileStamp {
  uint64_t size = 0;     // bytes
  int64_t modified = 0;  // nanoseconds since 1970
  uint64_t number = 0;   // the file's inode

  std::string ToText() const;
  bool operator==(const FileStamp& other) const = default;
};

// The stamp of the path itself: of a symbolic link, not of what it points to.
// Nothing if it is not there or cannot be looked at.
std::optional<FileStamp> StampOf(const std::string& path);
// The same of an open file.
std::optional<FileStamp> StampOfOpen(int descriptor);

}  // namespace keysift
