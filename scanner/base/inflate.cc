// SPDX-License-Identifier: Apache-2.0
#include "base/inflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <new>

#include "base/crc32.h"

namespace keysift {
namespace {

tl::unexpected<Error> Damaged(const char* how) {
  return Fail(ErrorKind::kDamaged, std::string("the zlib stream ") + how);
}

}  // namespace

uint32_t Crc32(std::string_view bytes, uint32_t before) {
  // A null buffer would mean "the initial value" to libdeflate.
  return bytes.empty() ? before
                       : libdeflate_crc32(before, bytes.data(), bytes.size());
}

void Inflater::Free::operator()(libdeflate_decompressor* handle) const {
  libdeflate_free_decompressor(handle);
}

Inflater::Inflater()
    : handle_(libdeflate_alloc_decompressor()),
      static_handle_(libdeflate_alloc_decompressor()) {
  if (!handle_ || !static_handle_) {
    throw std::bad_alloc();  // ends the process, as everywhere
  }
}
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&&) noexcept = default;
Inflater::~Inflater() = default;

libdeflate_decompressor* Inflater::HandleFor(
    std::string_view compressed) const {
  // After zlib's two bytes: one bit for "the last block", two for its type.
  constexpr size_t kFirstBlock = 2;
  constexpr uint8_t kTypeBits = 6;
  constexpr uint8_t kStatic = 1 << 1;
  const bool is_static =
      compressed.size() > kFirstBlock &&
      (static_cast<uint8_t>(compressed[kFirstBlock]) & kTypeBits) == kStatic;
  return is_static ? static_handle_.get() : handle_.get();
}

Result<uint64_t> Inflater::Inflate(std::string_view compressed, char* out,
                                   uint64_t size) {
  char nothing = 0;
  return Unpack(compressed, 0, out == nullptr ? &nothing : out, size, size);
}

Result<uint64_t> Inflater::Inflate(std::string_view compressed, uint64_t after,
                                   uint64_t size, Buffer* out) {
  return Unpack(compressed, after, out->Resize(size), size,
                size + Buffer::kSlack);
}

Result<uint64_t> Inflater::Unpack(std::string_view compressed, uint64_t after,
                                  char* out, uint64_t size, uint64_t room) {
  // Beyond what the quick loop reads ahead, more would gain nothing.
  constexpr uint64_t kReadAhead = 64;
  size_t consumed = 0;
  size_t produced = 0;
  const libdeflate_result result = libdeflate_zlib_decompress_ex(
      HandleFor(compressed), compressed.data(),
      compressed.size() + std::min(after, kReadAhead), out, room, &consumed,
      &produced);
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE ||
      (result == LIBDEFLATE_SUCCESS && produced > size)) {
    return Damaged("is longer than its stated size");
  }
  if (result == LIBDEFLATE_SUCCESS && produced < size) {
    return Damaged("is shorter than its stated size");
  }
  if (result != LIBDEFLATE_SUCCESS || consumed > compressed.size()) {
    return Damaged("is damaged");
  }
  return consumed;
}

bool Inflater::GoesBeyond(std::string_view compressed, char* out,
                          uint64_t size) {
  size_t consumed = 0;
  return libdeflate_zlib_decompress_ex(
             handle_.get(), compressed.data(), compressed.size(), out, size,
             &consumed, nullptr) == LIBDEFLATE_INSUFFICIENT_SPACE;
}

Result<uint64_t> Inflater::InflateAll(std::string_view compressed,
                                      uint64_t limit, std::string* out) {
  constexpr uint64_t kFirstGuess = 4096;
  uint64_t space = std::max(kFirstGuess, 4 * uint64_t{compressed.size()});
  for (;;) {
    space = std::min(space, limit);
    // resize() keeps what the last round wrote: no second clearing of it.
    out->resize(space);
    char nothing = 0;
    size_t consumed = 0;
    size_t produced = 0;
    libdeflate_result result = libdeflate_zlib_decompress_ex(
        handle_.get(), compressed.data(), compressed.size(),
        space == 0 ? &nothing : out->data(), space, &consumed, &produced);
    if (result == LIBDEFLATE_SUCCESS) {
      out->resize(produced);
      return consumed;
    }
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE) {
      out->clear();
      return Damaged("is damaged");
    }
    if (space == limit) {
      out->clear();
      return Fail(ErrorKind::kTooLarge,
                  "unpacks to more than " + std::to_string(limit) + " bytes");
    }
    space = space > limit / 2 ? limit : 2 * space;
  }
}

void Inflater::Peek(std::string_view compressed, char* out, uint64_t size) {
  std::fill_n(out, size, '\0');
  size_t consumed = 0;
  size_t produced = 0;
  libdeflate_zlib_decompress_ex(handle_.get(), compressed.data(),
                                compressed.size(), out, size, &consumed,
                                &produced);
}

}  // namespace keysift
