// SPDX-License-Identifier: Apache-2.0
#include "base/mapped_file.h"

#include <sys/mman.h>

#include <cerrno>
#include <utility>

#include "base/file.h"

namespace keysift {

Result<MappedFile> MappedFile::Open(const std::string& path) {
  Result<FileDescriptor> file = FileDescriptor::OpenForReading(path);
  if (!file) {
    return tl::unexpected(file.error());
  }
  Result<uint64_t> size = file->SizeOfRegularFile(path);
  if (!size) {
    return tl::unexpected(size.error());
  }
  if (*size == 0) {
    return MappedFile();  // mmap refuses a length of 0
  }
  void* start = mmap(nullptr, *size, PROT_READ, MAP_PRIVATE, file->get(), 0);
  if (start == MAP_FAILED) {
    return tl::unexpected(SystemError("map the file", path, errno));
  }
  return MappedFile(std::string_view(static_cast<const char*>(start), *size),
                    StampOfOpen(file->get()).value_or(FileStamp()));
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : bytes_(std::exchange(other.bytes_, {})),
      stamp_(std::exchange(other.stamp_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(stamp_, other.stamp_);
  return *this;
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) {
    munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  }
}

void MappedFile::AdviseSequential() const {
  if (!bytes_.empty()) {
    madvise(const_cast<char*>(bytes_.data()), bytes_.size(), MADV_SEQUENTIAL);
  }
}

void MappedFile::LetGo() const {
  if (!bytes_.empty()) {
    madvise(const_cast<char*>(bytes_.data()), bytes_.size(), MADV_DONTNEED);
  }
}

}  // namespace keysift
