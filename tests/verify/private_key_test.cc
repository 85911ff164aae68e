// SPDX-License-Identifier: Apache-2.0
// Covers pem_block.cc, private_key.cc and check_pem.cc. The keys are DER built
// here from made-up numbers: they parse and open nothing.
#include "verify/private_key.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/verify/fake_rules.h"
#include "verify/marks.h"
#include "verify/pem_block.h"

namespace keysift {
namespace {

std::string Der(char tag, const std::string& content) {
  std::string length;
  if (content.size() < 0x80) {
    length = std::string(1, static_cast<char>(content.size()));
  } else {
    length = std::string("\x82") + static_cast<char>(content.size() >> 8) +
             static_cast<char>(content.size() & 0xff);
  }
  return tag + length + content;
}

// `size` bytes that look random and do not begin with zero.
std::string Noise(size_t size) {
  std::string bytes;
  uint32_t state = 12345;
  for (size_t i = 0; i < size; ++i) {
    state = state * 1664525 + 1013904223;
    bytes.push_back(static_cast<char>((state >> 24) | 1));
  }
  return bytes;
}

std::string Integer(size_t size) { return Der(2, Noise(size)); }

std::string RsaDer(size_t modulus) {
  return Der(0x30, Der(2, std::string(1, '\0')) + Integer(modulus) +
                       Der(2, "\x01\x01\x01") + Integer(modulus) +
                       Integer(modulus / 2) + Integer(modulus / 2));
}

std::string Base64(const std::string& bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t j = 0; j < 3; ++j) {
      group = group << 8 |
              (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j])
                                    : 0u);
    }
    for (int j = 0; j < 4; ++j) {
      const bool pad = i + static_cast<size_t>(j) > bytes.size();
      text.push_back(pad ? '=' : kDigits[group >> (18 - 6 * j) & 63]);
    }
  }
  return text;
}

// The block, each line between `before` and `after`.
std::string Pem(const std::string& label, const std::string& der,
                const std::string& before = "",
                const std::string& after = "\n") {
  const std::string body = Base64(der);
  std::string text = before + "-----BEGIN " + label + "-----" + after;
  for (size_t i = 0; i < body.size(); i += 64) {
    text += before + body.substr(i, 64) + after;
  }
  return text + before + "-----END " + label + "-----";
}

const std::string& Key() {
  static const std::string key = RsaDer(128);
  return key;
}

RuleSet KeyRules() {
  RuleSet rules;
  rules.rules.push_back(RuleOf("private-key",
                               "-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY-----"
                               "|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"
                               "|PuTTY-User-Key-File-[23]: ssh-rsa"
                               "|LS0tLS1CRUdJTi[0-9A-Za-z+/]{12}"));
  rules.rules.push_back(RuleOf("private-key-der", "MII[0-9A-Za-z+/]{40}"));
  for (Rule& rule : rules.rules) {
    rule.checks = {"pem-private-key"};
    rule.severity = Severity::kCritical;
  }
  return rules;
}

std::vector<Detection> Find(const std::string& text) {
  static const RuleSet rules = KeyRules();
  static const Verifier verifier(&rules, nullptr);
  return FindAll(verifier, rules.rules.size(), text);
}

Description Describe(const std::string& text, const Detection& detection) {
  static const RuleSet rules = KeyRules();
  static const Verifier verifier(&rules, nullptr);
  return verifier.Describe(text, detection);
}

TEST_CASE("a plain block is a certain finding that spans it") {
  const std::string block = Pem("RSA PRIVATE KEY", Key());
  const std::string text = "x\n" + block + "\ny\n";
  const std::vector<Detection> found = Find(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::kCertain);
  CHECK(found[0].secret.In(text) == block);
  Description told = Describe(text, found[0]);
  CHECK(told.details["key_type"] == "RSA");
  CHECK(told.details["key_bits"] == "1024");
  CHECK(told.details["encrypted"] == "no");
}

TEST_CASE("blocks in strings, comments and diffs are read") {
  const std::string label = "RSA PRIVATE KEY";
  const std::string one_line = Pem(label, Key(), "", "\\n");
  std::string slashes = one_line;
  for (size_t at = slashes.find('/'); at != std::string::npos;
       at = slashes.find('/', at + 2)) {
    slashes.replace(at, 1, "\\/");
  }
  const std::vector<std::string> texts = {
      "{\"key\": \"" + one_line + "\\n\"}",
      "{\"key\": \"" + slashes + "\\n\"}",
      "{\"key\": \"{\\\"k\\\":\\\"" + Pem(label, Key(), "", "\\\\n") +
          "\\\"}\"}",
      "key: |\n" + Pem(label, Key(), "    ", "\n"),
      "const char* k =\n" + Pem(label, Key(), "  \"", "\\n\"\n") + "\\n\";",
      "k = " + Pem(label, Key(), "\"", "\\n\" +\n    ") + "\\n\";",
      Pem(label, Key(), "# ", "\n"),
      Pem(label, Key(), "// ", "\n"),
      Pem(label, Key(), "+", "\n"),
      Pem(label, Key(), "-", "\r\n"),
      Pem(label, Key(), "", "%0A"),
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    const std::vector<Detection> found = Find(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].confidence == Confidence::kCertain);
    CHECK((found[0].marks & kMarkTruncated) == 0);
  }
}

TEST_CASE("keys larger than any window are read whole") {
  const std::string text = Pem("RSA PRIVATE KEY", RsaDer(1024));
  REQUIRE(text.size() > 4096);
  const std::vector<Detection> found = Find(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::kCertain);
  CHECK(found[0].secret.size() == text.size());
}

TEST_CASE("a key's DER in base64 needs no head line") {
  const std::string body = Base64(Key());
  const std::string text = "options.SigningKey = \"" + body + "\";\n";
  const std::vector<Detection> found = Find(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == 1);
  CHECK(found[0].confidence == Confidence::kCertain);
  CHECK(found[0].secret.In(text) == body);
  CHECK(Describe(text, found[0]).details["key_type"] == "RSA");
  const std::vector<Detection> cut = Find("k: " + body.substr(0, 76) + "\n");
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].confidence == Confidence::kLikely);
}

TEST_CASE("what only begins as a key's DER is dropped") {
  const std::string body = Base64(Key());
  std::string other = body;
  other.replace(4, 24, "AgICAgICAgICAgICAgICAgIC");
  CHECK(Find("k = " + other).empty());
  // In the middle of other base64.
  CHECK(Find("k = AAAA/" + body).empty());
}

TEST_CASE("a label without a key is dropped") {
  for (const char* text : {
           "if (line == \"-----BEGIN RSA PRIVATE KEY-----\") {",
           "-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----",
           "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY---",
           "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg...\n",
           "-----BEGIN PRIVATE KEY-----\n<your key here>\n",
       }) {
    CAPTURE(text);
    CHECK(Find(text).empty());
  }
  const std::string placeholder = "-----BEGIN PRIVATE KEY-----\n" +
                                  std::string(200, 'x') +
                                  "\n-----END PRIVATE KEY-----";
  CHECK(Find(placeholder).empty());
}

TEST_CASE("encrypted keys tell so and weigh less") {
  const std::string body = Pem("RSA PRIVATE KEY", Noise(300));
  std::string text = body;
  text.insert(text.find('\n') + 1,
              "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF00FF\n\n");
  const std::string pkcs5("\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d", 9);
  const std::string pkcs8 =
      Der(0x30, Der(0x30, Der(6, pkcs5)) + Der(4, Noise(200)));
  for (const std::string& key : {text, Pem("ENCRYPTED PRIVATE KEY", pkcs8)}) {
    CAPTURE(key);
    const std::vector<Detection> found = Find(key);
    REQUIRE(found.size() == 1);
    CHECK((found[0].marks & kMarkEncrypted) != 0);
    CHECK(found[0].severity == Severity::kMedium);
    CHECK(Describe(key, found[0]).details["encrypted"] == "yes");
  }
}

TEST_CASE("a block that ends early or does not parse is still reported") {
  const std::string whole = Pem("RSA PRIVATE KEY", Key());
  const std::vector<Detection> cut = Find(whole.substr(0, 300));
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].confidence == Confidence::kLikely);
  CHECK((cut[0].marks & kMarkTruncated) != 0);
  const std::vector<Detection> odd = Find(Pem("RSA PRIVATE KEY", Noise(300)));
  REQUIRE(odd.size() == 1);
  CHECK(odd[0].confidence == Confidence::kLikely);
}

TEST_CASE("kinds of DER keys are told apart") {
  CHECK(ReadDerKey(RsaDer(256)).type == "RSA");
  CHECK(ReadDerKey(RsaDer(256)).bits == 2048);
  const std::string version(1, '\0');
  CHECK(ReadDerKey(Der(0x30, Der(2, version) + Integer(128) + Integer(20) +
                                 Integer(128)))
            .type == "DSA");
  CHECK(ReadDerKey(Der(0x30, Der(2, "\x01") + Der(4, Noise(32)))).type == "EC");
  const std::string ed25519 =
      Der(0x30, Der(2, version) + Der(0x30, Der(6, "\x2b\x65\x70")) +
                    Der(4, Der(4, Noise(32))));
  CHECK(ReadDerKey(ed25519).type == "Ed25519");
  CHECK(ReadDerKey("").state == PrivateKeyFacts::State::kNotAKey);
  CHECK(ReadDerKey(Noise(40)).state == PrivateKeyFacts::State::kNotAKey);
}

TEST_CASE("OpenSSH keys tell their type and cipher") {
  const auto ssh = [](const std::string& bytes) {
    return std::string(3, '\0') + static_cast<char>(bytes.size()) + bytes;
  };
  for (const char* cipher : {"none", "aes256-ctr"}) {
    const std::string bytes =
        std::string("openssh-key-v1\0", 15) + ssh(cipher) + ssh("none") +
        ssh("") + std::string("\0\0\0\1", 4) +
        ssh(ssh("ssh-ed25519") + ssh(Noise(32))) + ssh(Noise(100));
    const PrivateKeyFacts facts = ReadOpenSshKey(bytes);
    CHECK(facts.type == "ssh-ed25519");
    CHECK_FALSE(facts.truncated);
    CHECK((facts.state == PrivateKeyFacts::State::kEncrypted) ==
          (std::string(cipher) != "none"));
  }
}

TEST_CASE("PuTTY's files and PEM in base64 are read") {
  const std::string putty =
      "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: x\n"
      "Public-Lines: 1\n" +
      Base64(Noise(40)) + "\nPrivate-Lines: 1\n" + Base64(Noise(40)) +
      "\nPrivate-MAC: 00\n";
  std::vector<Detection> found = Find(putty);
  REQUIRE(found.size() == 1);
  CHECK(found[0].secret.size() == putty.size() - 1);
  CHECK(Describe(putty, found[0]).details["key_type"] == "ssh-rsa");

  const std::string wrapped = Base64(Pem("RSA PRIVATE KEY", Key()) + "\n");
  const std::string text = "KEY=" + wrapped + "\n";
  found = Find(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].secret.In(text) == wrapped);
  CHECK(found[0].confidence == Confidence::kCertain);
  CHECK(Describe(text, found[0]).details["encoding"] == "base64");
}

TEST_CASE("two keys in one file are two findings") {
  const std::string text = Pem("RSA PRIVATE KEY", Key()) + "\n" +
                           Pem("EC PRIVATE KEY", RsaDer(64)) + "\n";
  CHECK(Find(text).size() == 2);
}

}  // namespace
}  // namespace keysift
