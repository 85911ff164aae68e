// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keysift {

// What a name promises of its value.
enum class NameKind {
  kNone,      // nothing secret, or what is public, encrypted or about a secret
  kWeak,      // "key", "nonce", "salt": often no secret at all
  kAuth,      // "auth", "credential"
  kToken,     // "token", "api_key", "access_key"
  kSecret,    // "secret", "private_key", "client_secret"
  kPassword,  // "password" and its kin: people choose the value
};

struct NameReading {
  NameKind kind = NameKind::kNone;
  std::vector<std::string> words;  // the name in lower-case words
  // A word that turns the name into something about a secret ("length",
  // "field", "hash", "url"), or "".
  std::string spoiler;
  bool followed = false;  // by one word that is not known
};

// Reads an identifier in any style: dbPassword, DB_PASS, spring.mail.password.
NameReading ReadName(std::string_view name);

}  // namespace keysift
