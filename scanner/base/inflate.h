// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/buffer.h"
#include "base/result.h"

struct libdeflate_decompressor;

namespace keysift {

// Unpacks zlib streams (RFC 1950), whole buffers at a time, with the stream's
// Adler-32 checked. One per thread: it holds tables of some twenty kilobytes.
class Inflater {
 public:
  // No DEFLATE stream (RFC 1951) unpacks to more than this times its size:
  // 258 bytes per two-bit code, rounded up. What claims more is damaged, which
  // bounds the memory that a small hostile file can ask for.
  static constexpr uint64_t kMaxRatio = 1032;
  // Whether `compressed` bytes can hold `size` unpacked ones.
  static constexpr bool IsPossible(uint64_t compressed, uint64_t size) {
    return size / kMaxRatio <= compressed;
  }

  Inflater();
  Inflater(Inflater&&) noexcept;
  Inflater& operator=(Inflater&&) noexcept;
  ~Inflater();

  // Unpacks the stream at the start of `compressed` into out[0, size). Returns
  // how many bytes of `compressed` the stream takes; what follows is ignored.
  // Fails with kDamaged if it does not unpack to exactly `size` bytes; `out`
  // then holds anything. `out` may be null if `size` is 0.
  Result<uint64_t> Inflate(std::string_view compressed, char* out,
                           uint64_t size);

  // The same into `*out`, which is resized, and faster: libdeflate's quick loop
  // ends some bytes before either end of what it is given, which is most of a
  // small stream. So it is given the buffer's slack, and `after` bytes that can
  // be read behind `compressed` though they are not the stream's. kDamaged,
  // too, if it runs into those.
  Result<uint64_t> Inflate(std::string_view compressed, uint64_t after,
                           uint64_t size, Buffer* out);

  // Whether the stream unpacks soundly into out[0, size) and then goes on: a
  // proof, before memory for all of it is taken, that it holds that much.
  bool GoesBeyond(std::string_view compressed, char* out, uint64_t size);

  // The same for a stream of unknown size, into `*out`, which is replaced.
  // Fails with kTooLarge if it unpacks to more than `limit` bytes.
  Result<uint64_t> InflateAll(std::string_view compressed, uint64_t limit,
                              std::string* out);

  // A look at the first bytes of a stream, of any length, damaged or not:
  // fills out[0, size) with the start of the unpacked bytes as far as could be
  // had, and with anything after that. A guess (nothing is checked, and the
  // library promises nothing on partial output): confirm it by a full call.
  void Peek(std::string_view compressed, char* out, uint64_t size);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* handle) const;
  };
  using Handle = std::unique_ptr<libdeflate_decompressor, Free>;

  // The handle for that stream. A handle keeps the tables of the static codes
  // (RFC 1951, 3.2.6) until it meets a block with codes of its own, and small
  // streams have static ones only: in a handle of their own they find them
  // made.
  libdeflate_decompressor* HandleFor(std::string_view compressed) const;

  // Both forms of Inflate: into out[0, size), where out[size, room) may be
  // written as well.
  Result<uint64_t> Unpack(std::string_view compressed, uint64_t after,
                          char* out, uint64_t size, uint64_t room);

  Handle handle_;
  Handle static_handle_;
};

}  // namespace keysift
