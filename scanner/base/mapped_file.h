// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/file_stamp.h"
#include "base/result.h"

namespace keysift {

// A regular file mapped into memory, read-only. Owns the mapping; movable, and
// a view from bytes() stays valid over a move of the object. Shared by all
// threads. If somebody truncates the file while it is mapped, touching the
// lost pages raises SIGBUS: git never does that to packs and indexes (it
// writes a new file and renames), so keysift maps only those and lets the
// process end on it.
class MappedFile {
 public:
  // Fails with kNotFound, or kIo if it is no regular file or cannot be mapped.
  static Result<MappedFile> Open(const std::string& path);

  // Maps nothing: bytes() is empty.
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::string_view bytes() const { return bytes_; }
  // Of the very file that was mapped; all 0 if none was.
  const FileStamp& stamp() const { return stamp_; }

  // Tells the system that the file will be read front to back: it reads ahead.
  void AdviseSequential() const;
  // Gives up the pages that were read. The bytes stay as they are, and come
  // back when they are touched. Taking this off the process's end, which one
  // thread has to do, is worth it for hundreds of megabytes.
  void LetGo() const;

 private:
  MappedFile(std::string_view bytes, FileStamp stamp)
      : bytes_(bytes), stamp_(stamp) {}

  std::string_view bytes_;
  FileStamp stamp_;
};

}  // namespace keysift
