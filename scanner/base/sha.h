// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sha1_ctx;
struct sha256_ctx;

namespace keysift {

using Sha1Digest = std::array<uint8_t, 20>;
using Sha256Digest = std::array<uint8_t, 32>;

// The digests of bytes that lie in one piece. No allocation; never fail.
Sha1Digest Sha1Of(std::string_view bytes);
Sha256Digest Sha256Of(std::string_view bytes);
// The same as 40 and 64 lower-case digits.
std::string Sha1Hex(std::string_view bytes);
std::string Sha256Hex(std::string_view bytes);

// A SHA-1 that is fed piece by piece (git's object names and checksums, not
// security). One thread at a time; Finish() starts it anew, so keep one per
// worker.
class Sha1 {
 public:
  Sha1();
  Sha1(Sha1&&) noexcept;
  Sha1& operator=(Sha1&&) noexcept;
  ~Sha1();

  void Update(std::string_view bytes);
  // The digest of all bytes since the start or the last Finish().
  Sha1Digest Finish();

 private:
  std::unique_ptr<sha1_ctx> context_;
};

// As Sha1, for SHA-256.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  void Update(std::string_view bytes);
  Sha256Digest Finish();

 private:
  std::unique_ptr<sha256_ctx> context_;
};

}  // namespace keysift
