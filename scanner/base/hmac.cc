// SPDX-License-Identifier: Apache-2.0
#include "base/hmac.h"

#include <nettle/hmac.h>
#include <nettle/pbkdf2.h>

#include <algorithm>

namespace keysift {
namespace {

const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

// SHA-384 is SHA-512 with other numbers to begin with, and cut.
std::string LongHmac(void (*set_key)(hmac_sha512_ctx*, size_t, const uint8_t*),
                     void (*digest)(hmac_sha512_ctx*, size_t, uint8_t*),
                     size_t size, std::string_view key,
                     std::string_view message) {
  hmac_sha512_ctx context;
  uint8_t bytes[SHA512_DIGEST_SIZE];
  set_key(&context, key.size(), Bytes(key));
  hmac_sha512_update(&context, message.size(), Bytes(message));
  digest(&context, size, bytes);
  return std::string(bytes, bytes + size);
}

}  // namespace

Sha256Digest HmacSha256(std::string_view key, std::string_view message) {
  hmac_sha256_ctx context;
  Sha256Digest digest;
  hmac_sha256_set_key(&context, key.size(), Bytes(key));
  hmac_sha256_update(&context, message.size(), Bytes(message));
  hmac_sha256_digest(&context, digest.size(), digest.data());
  return digest;
}

std::string HmacSha384(std::string_view key, std::string_view message) {
  return LongHmac(hmac_sha384_set_key, hmac_sha384_digest, SHA384_DIGEST_SIZE,
                  key, message);
}

std::string HmacSha512(std::string_view key, std::string_view message) {
  return LongHmac(hmac_sha512_set_key, hmac_sha512_digest, SHA512_DIGEST_SIZE,
                  key, message);
}

Sha256Digest Pbkdf2Sha256(std::string_view password, std::string_view salt,
                          unsigned iterations) {
  Sha256Digest digest;
  pbkdf2_hmac_sha256(password.size(), Bytes(password), iterations, salt.size(),
                     Bytes(salt), digest.size(), digest.data());
  return digest;
}

std::string ToBytes(const Sha256Digest& digest) {
  return std::string(digest.begin(), digest.end());
}

std::string ToHex(const Sha256Digest& digest, size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const uint8_t byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  hex.resize(std::min(digits, hex.size()));
  return hex;
}

}  // namespace keysift
