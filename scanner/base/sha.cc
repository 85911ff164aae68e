// SPDX-License-Identifier: Apache-2.0
#include "base/sha.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>

namespace keysift {
namespace {

template <size_t kSize>
std::string Hex(const std::array<uint8_t, kSize>& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const uint8_t byte : digest) {
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

const uint8_t* Octets(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

}  // namespace

Sha1Digest Sha1Of(std::string_view bytes) {
  sha1_ctx context;
  sha1_init(&context);
  sha1_update(&context, bytes.size(), Octets(bytes));
  Sha1Digest digest;
  sha1_digest(&context, digest.size(), digest.data());
  return digest;
}

Sha256Digest Sha256Of(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), Octets(bytes));
  Sha256Digest digest;
  sha256_digest(&context, digest.size(), digest.data());
  return digest;
}

std::string Sha1Hex(std::string_view bytes) { return Hex(Sha1Of(bytes)); }

std::string Sha256Hex(std::string_view bytes) { return Hex(Sha256Of(bytes)); }

Sha1::Sha1() : context_(std::make_unique<sha1_ctx>()) {
  sha1_init(context_.get());
}
Sha1::Sha1(Sha1&&) noexcept = default;
Sha1& Sha1::operator=(Sha1&&) noexcept = default;
Sha1::~Sha1() = default;

void Sha1::Update(std::string_view bytes) {
  sha1_update(context_.get(), bytes.size(), Octets(bytes));
}

Sha1Digest Sha1::Finish() {
  Sha1Digest digest;
  sha1_digest(context_.get(), digest.size(), digest.data());
  return digest;
}

Sha256::Sha256() : context_(std::make_unique<sha256_ctx>()) {
  sha256_init(context_.get());
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::Update(std::string_view bytes) {
  sha256_update(context_.get(), bytes.size(), Octets(bytes));
}

Sha256Digest Sha256::Finish() {
  Sha256Digest digest;
  sha256_digest(context_.get(), digest.size(), digest.data());
  return digest;
}

}  // namespace keysift
