// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

namespace keysift {

// Bytes that are overwritten again and again: grows, never shrinks unless told
// to, does not clear what it hands out. kSlack bytes past the end may be
// written and read (their content means nothing), so that short copies need no
// exact length, and unpacking no care near the end. Owned by one thread at a
// time.
class Buffer {
 public:
  static constexpr uint64_t kSlack = 320;

  Buffer() = default;
  Buffer(Buffer&&) noexcept = default;
  Buffer& operator=(Buffer&&) noexcept = default;

  // Makes it `size` bytes; what was in it is lost.
  char* Resize(uint64_t size) {
    if (size + kSlack > capacity_) {
      capacity_ = size + size / 4 + kSlack;
      bytes_.reset();
      bytes_ = std::make_unique_for_overwrite<char[]>(capacity_);
    }
    size_ = size;
    return bytes_.get();
  }

  // The same; false, and empty, if there is no memory for it.
  bool TryResize(uint64_t size) {
    Free();
    if (size > UINT64_MAX / 2) {
      return false;
    }
    bytes_.reset(new (std::nothrow) char[size + kSlack]);
    if (bytes_ == nullptr) {
      return false;
    }
    capacity_ = size + kSlack;
    size_ = size;
    return true;
  }

  // Gives the memory back.
  void Free() {
    bytes_.reset();
    size_ = capacity_ = 0;
  }

  char* data() { return bytes_.get(); }
  uint64_t size() const { return size_; }
  uint64_t capacity() const { return capacity_; }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  uint64_t size_ = 0;
  uint64_t capacity_ = 0;
};

// Copies `size` bytes between buffers that do not overlap.
inline void CopyBytes(char* to, const char* from, uint64_t size) {
  std::memcpy(to, from, size);
}

// As CopyBytes, for buffers with Buffer::kSlack on both sides: fast for short
// pieces because it may copy up to 31 bytes too many.
inline void CopyWithSlack(char* to, const char* from, uint64_t size) {
  constexpr uint64_t kPiece = 32;
  constexpr uint64_t kShort = 256;
  static_assert(kPiece <= Buffer::kSlack);
  if (size > kShort) {
    std::memcpy(to, from, size);
    return;
  }
  std::memcpy(to, from, kPiece);
  for (uint64_t done = kPiece; done < size; done += kPiece) {
    std::memcpy(to + done, from + done, kPiece);
  }
}

}  // namespace keysift
