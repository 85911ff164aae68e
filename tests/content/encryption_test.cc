// SPDX-License-Identifier: Apache-2.0
#include "content/encryption.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

using namespace std::string_literals;

TEST_CASE("files that are encrypted as a whole are told by their beginning") {
  CHECK(EncryptionOf("\0GITCRYPT\0\x12\x34"s) == "git-crypt");
  CHECK(EncryptionOf("age-encryption.org/v1\n-> X25519 abc\n") == "age");
  CHECK(EncryptionOf("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n") == "age");
  CHECK(EncryptionOf("$ANSIBLE_VAULT;1.1;AES256\n3132\n") == "Ansible Vault");
  CHECK(EncryptionOf("-----BEGIN PGP MESSAGE-----\n\nhQ\n") == "OpenPGP");
  CHECK(EncryptionOf("Salted__12345678") == "OpenSSL");
  CHECK(EncryptionOf("\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\x01") == "KeePass");
}

TEST_CASE("other texts are not, nor what only speaks of such files") {
  CHECK(EncryptionOf("").empty());
  CHECK(EncryptionOf("\0GITCRYPT"s).empty());
  CHECK(EncryptionOf("age-encryption.org/v2\n").empty());
  CHECK(EncryptionOf("# $ANSIBLE_VAULT;1.1;AES256").empty());
  CHECK(EncryptionOf("-----BEGIN PGP PUBLIC KEY BLOCK-----").empty());
  CHECK(EncryptionOf("-----BEGIN ENCRYPTED PRIVATE KEY-----").empty());
}

}  // namespace
}  // namespace keysift
