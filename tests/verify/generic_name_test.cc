// SPDX-License-Identifier: Apache-2.0
#include "verify/generic_name.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

bool IsSecretName(const char* name, NameKind kind) {
  const NameReading reading = ReadName(name);
  return reading.kind == kind && reading.spoiler.empty();
}

TEST_CASE("names of passwords in every style") {
  for (const char* name :
       {"password", "DB_PASSWORD", "dbPassword", "spring.mail.password",
        "mysql-root-password", "userPwd", "smtp_pass", "dbpass", "passphrase",
        "password_confirmation", "NEW_PASSWORD_2", "config.sudo.password"}) {
    CAPTURE(name);
    CHECK(IsSecretName(name, NameKind::kPassword));
  }
}

TEST_CASE("names of secrets, tokens, log-ins and bare keys") {
  CHECK(IsSecretName("client_secret", NameKind::kSecret));
  CHECK(IsSecretName("SECRET_KEY_BASE", NameKind::kSecret));
  CHECK(IsSecretName("accessToken", NameKind::kToken));
  CHECK(IsSecretName("X-Api-Key", NameKind::kToken));
  CHECK(IsSecretName("privateKey", NameKind::kToken));
  CHECK(IsSecretName("authorization", NameKind::kAuth));
  CHECK(IsSecretName("key", NameKind::kWeak));
  CHECK(IsSecretName("nonce", NameKind::kWeak));
}

TEST_CASE("a word behind the credential word makes it something else") {
  for (const char* name :
       {"password_hash", "passwordField", "PASSWORD_MIN_LENGTH", "secretName",
        "token_type", "tokenUrl", "password.encoder", "key_path",
        "passwordResetUrl", "api_key_id"}) {
    CAPTURE(name);
    CHECK_FALSE(ReadName(name).spoiler.empty());
  }
}

TEST_CASE("a word before it may make it harmless") {
  for (const char* name :
       {"public_key", "publicKeyToken", "encryptedPassword", "primary_key",
        "csrf_token", "forgot_password", "nextPageToken", "sha256_password",
        "Sec-WebSocket-Key", "SSECSealedKey", "authenticity_token",
        "createToken", "invalid_token", "LifecycleActionToken", "ice-pwd",
        "Sec-Websocket-Key", "Lock-Token", "ERRCODE_BAD_PASSWORD"}) {
    CAPTURE(name);
    CHECK_FALSE(ReadName(name).spoiler.empty());
  }
}

TEST_CASE("words that look harmless and are not") {
  CHECK(IsSecretName("invalid_password", NameKind::kPassword));
  CHECK(IsSecretName("terror_password", NameKind::kPassword));
  CHECK(IsSecretName("block_token", NameKind::kToken));
  CHECK(IsSecretName("creator_token", NameKind::kToken));
}

TEST_CASE("names of other things are none") {
  for (const char* name :
       {"bypass", "compass", "render_pass", "username", "lastpass",
        "monkey_business", "highpass", "TypeErrorPass", "status pass",
        "opaquelocktoken", "master_pubkey"}) {
    CAPTURE(name);
    CHECK(ReadName(name).kind == NameKind::kNone);
  }
}

}  // namespace
}  // namespace keysift
