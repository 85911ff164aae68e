// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keysift {

// What the bytes of a private key say, read just far enough.
struct PrivateKeyFacts {
  enum class State {
    kNotAKey,
    kKey,        // parses, and can be used by whoever has it
    kEncrypted,  // parses, and needs a passphrase
  };
  State state = State::kNotAKey;
  bool truncated = false;  // the outermost length goes past the bytes
  std::string type;        // "RSA", "EC", "Ed25519", …; "" if unknown
  uint64_t bits = 0;       // of an RSA or DSA modulus; 0 if unknown
};

// DER: PKCS#1, PKCS#8 (plain and encrypted), SEC1, DSA.
PrivateKeyFacts ReadDerKey(std::string_view der);
// The body of an OPENSSH PRIVATE KEY.
PrivateKeyFacts ReadOpenSshKey(std::string_view bytes);
// The body of an SSH2 ENCRYPTED PRIVATE KEY, which may well not be encrypted.
PrivateKeyFacts ReadSsh2Key(std::string_view bytes);
// The body of a PGP PRIVATE KEY BLOCK.
PrivateKeyFacts ReadPgpKey(std::string_view bytes);

}  // namespace keysift
