// SPDX-License-Identifier: Apache-2.0
#include "content/encryption.h"

#include <array>

namespace keysift {
namespace {

using namespace std::string_view_literals;

struct Mark {
  std::string_view start;
  std::string_view name;
};

constexpr std::array<Mark, 7> kMarks = {{
    // What git-crypt's filter puts before nonce and ciphertext.
    {"\0GITCRYPT\0"sv, "git-crypt"},
    // age-encryption.org/v1, "The encrypted file format" and "ASCII armor".
    {"age-encryption.org/v1\n"sv, "age"},
    {"-----BEGIN AGE ENCRYPTED FILE-----"sv, "age"},
    // Ansible user guide, "Format of files encrypted with Ansible Vault".
    {"$ANSIBLE_VAULT;"sv, "Ansible Vault"},
    // RFC 9580, 6.2.1: armor header line of an encrypted message.
    {"-----BEGIN PGP MESSAGE-----"sv, "OpenPGP"},
    // openssl enc with a password: these 8 bytes, then 8 of salt.
    {"Salted__"sv, "OpenSSL"},
    // KDBX: two signatures, 0x9AA2D903 and 0xB54BFB67, little endian.
    {"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5"sv, "KeePass"},
}};

}  // namespace

std::string_view EncryptionOf(std::string_view bytes) {
  for (const Mark& mark : kMarks) {
    if (bytes.starts_with(mark.start)) {
      return mark.name;
    }
  }
  return {};
}

}  // namespace keysift
