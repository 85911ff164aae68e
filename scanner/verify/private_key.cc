// SPDX-License-Identifier: Apache-2.0
// Sources: RFC 8017 A.1.2 (PKCS#1), RFC 5958 (PKCS#8), RFC 5915 (SEC1 keys),
// RFC 8410 (Ed25519 and kin), OpenSSH's PROTOCOL.key and sshkey.c (SSH2's old
// form), RFC 4880 4.2 and 5.5 (PGP packets). Only heads are read: who has a key
// that begins so and has the length it states has a key.
#include "verify/private_key.h"

#include <optional>

#include "base/byte_reader.h"

namespace keysift {
namespace {

// X.690 8.1.2: the universal tags that keys are made of.
constexpr uint8_t kInteger = 0x02;
constexpr uint8_t kOctets = 0x04;
constexpr uint8_t kObjectId = 0x06;
constexpr uint8_t kSequence = 0x30;

struct Element {
  uint8_t tag = 0;
  std::string_view content;  // shorter than stated if cut
  bool cut = false;
};

// One DER element (X.690 8.1.3: short or definite long length).
std::optional<Element> ReadElement(ByteReader* reader) {
  const std::optional<uint8_t> tag = reader->ReadByte();
  const std::optional<uint8_t> first = reader->ReadByte();
  if (!tag.has_value() || !first.has_value()) {
    return std::nullopt;
  }
  uint64_t length = *first;
  if (*first >= 0x80) {
    const int count = *first & 0x7f;
    if (count == 0 || count > 4) {
      return std::nullopt;
    }
    length = 0;
    for (int i = 0; i < count; ++i) {
      const std::optional<uint8_t> byte = reader->ReadByte();
      if (!byte.has_value()) {
        return std::nullopt;
      }
      length = length << 8 | *byte;
    }
  }
  Element element;
  element.tag = *tag;
  element.cut = length > reader->remaining();
  element.content =
      *reader->ReadBytes(element.cut ? reader->remaining() : length);
  return element;
}

struct KnownAlgorithm {
  std::string_view id;  // the object id's DER content
  const char* name;
};

constexpr KnownAlgorithm kAlgorithms[] = {
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", "RSA"},
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", "RSA-PSS"},
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x03\x01", "DH"},
    {"\x2a\x86\x48\xce\x3d\x02\x01", "EC"},
    {"\x2a\x86\x48\xce\x38\x04\x01", "DSA"},
    {"\x2b\x65\x6e", "X25519"},
    {"\x2b\x65\x6f", "X448"},
    {"\x2b\x65\x70", "Ed25519"},
    {"\x2b\x65\x71", "Ed448"},
};

// 1.2.840.113549.1.5 and .1.12.1: the password-based schemes of PKCS#5 and #12.
constexpr std::string_view kPkcs5 = "\x2a\x86\x48\x86\xf7\x0d\x01\x05";
constexpr std::string_view kPkcs12 = "\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01";

bool StartsWith(std::string_view bytes, std::string_view head) {
  return bytes.substr(0, head.size()) == head;
}

// SSH's strings (RFC 4251 5): four bytes of length, then the bytes.
std::optional<std::string_view> ReadString(ByteReader* reader) {
  const std::optional<uint32_t> length = reader->ReadBig32();
  return length.has_value() ? reader->ReadBytes(*length) : std::nullopt;
}

uint64_t BitsOf(std::string_view integer) {
  size_t zeros = 0;
  while (zeros < integer.size() && integer[zeros] == '\0') {
    ++zeros;
  }
  return (integer.size() - zeros) * 8;
}

// The object id of an AlgorithmIdentifier's content.
std::string_view ObjectIdOf(std::string_view algorithm) {
  ByteReader reader(algorithm);
  const std::optional<Element> id = ReadElement(&reader);
  return id.has_value() && id->tag == kObjectId ? id->content
                                                : std::string_view();
}

// After the version and an INTEGER: PKCS#1 has a small exponent next, a DSA key
// its 20- to 32-byte q.
void ReadIntegers(const Element& modulus, ByteReader* reader,
                  PrivateKeyFacts* facts) {
  facts->bits = BitsOf(modulus.content);
  if (facts->bits < 256) {
    return;
  }
  facts->state = PrivateKeyFacts::State::kKey;
  const std::optional<Element> next = ReadElement(reader);
  facts->type = next.has_value() && next->tag == kInteger &&
                        next->content.size() >= 20 && next->content.size() <= 33
                    ? "DSA"
                    : "RSA";
}

void ReadPkcs8(const Element& algorithm, ByteReader* reader,
               PrivateKeyFacts* facts) {
  const std::string_view id = ObjectIdOf(algorithm.content);
  const std::optional<Element> key = ReadElement(reader);
  const bool has_key = key.has_value() && key->tag == kOctets;
  if (id.empty() || (!has_key && !facts->truncated)) {
    return;
  }
  facts->state = PrivateKeyFacts::State::kKey;
  for (const KnownAlgorithm& known : kAlgorithms) {
    if (known.id == id) {
      facts->type = known.name;
    }
  }
  if (facts->type == "RSA" && has_key) {
    facts->bits = ReadDerKey(key->content).bits;
  }
}

}  // namespace

PrivateKeyFacts ReadDerKey(std::string_view der) {
  PrivateKeyFacts facts;
  ByteReader outer(der);
  const std::optional<Element> whole = ReadElement(&outer);
  if (!whole.has_value() || whole->tag != kSequence) {
    return facts;
  }
  facts.truncated = whole->cut;
  ByteReader inner(whole->content);
  const std::optional<Element> first = ReadElement(&inner);
  if (!first.has_value()) {
    return facts;
  }
  if (first->tag == kSequence) {
    const std::string_view id = ObjectIdOf(first->content);
    if (StartsWith(id, kPkcs5) || StartsWith(id, kPkcs12)) {
      facts.state = PrivateKeyFacts::State::kEncrypted;
    }
    return facts;
  }
  const bool version = first->tag == kInteger && first->content.size() == 1 &&
                       first->content[0] >= 0 && first->content[0] <= 2;
  const std::optional<Element> second =
      version ? ReadElement(&inner) : std::nullopt;
  if (!second.has_value()) {
    return facts;
  }
  if (second->tag == kInteger) {
    ReadIntegers(*second, &inner, &facts);
  } else if (second->tag == kSequence) {
    ReadPkcs8(*second, &inner, &facts);
  } else if (second->tag == kOctets && second->content.size() >= 14) {
    facts.state = PrivateKeyFacts::State::kKey;
    facts.type = "EC";
    facts.bits = second->content.size() * 8;
  }
  return facts;
}

PrivateKeyFacts ReadSsh2Key(std::string_view bytes) {
  constexpr uint32_t kMagic = 0x3f6ff9eb;
  PrivateKeyFacts facts;
  ByteReader reader(bytes);
  if (reader.ReadBig32() != kMagic) {
    return facts;
  }
  reader.ReadBig32();  // the whole length
  const std::optional<std::string_view> type = ReadString(&reader);
  const std::optional<std::string_view> cipher = ReadString(&reader);
  if (type.has_value() && cipher.has_value()) {
    facts.type = type->find("rsa") != std::string_view::npos ? "RSA" : "DSA";
    facts.state = *cipher == "none" ? PrivateKeyFacts::State::kKey
                                    : PrivateKeyFacts::State::kEncrypted;
  }
  return facts;
}

PrivateKeyFacts ReadOpenSshKey(std::string_view bytes) {
  constexpr std::string_view kMagic("openssh-key-v1\0", 15);
  PrivateKeyFacts facts;
  if (!StartsWith(bytes, kMagic)) {
    return facts;
  }
  ByteReader reader(bytes.substr(kMagic.size()));
  const std::optional<std::string_view> cipher = ReadString(&reader);
  ReadString(&reader);  // kdf
  ReadString(&reader);  // its options
  const std::optional<uint32_t> keys = reader.ReadBig32();
  const std::optional<std::string_view> public_key = ReadString(&reader);
  if (!cipher.has_value()) {
    return facts;
  }
  facts.state = *cipher == "none" ? PrivateKeyFacts::State::kKey
                                  : PrivateKeyFacts::State::kEncrypted;
  facts.truncated = !keys.has_value() || !ReadString(&reader).has_value();
  if (public_key.has_value()) {
    ByteReader inside(*public_key);
    const std::optional<std::string_view> type = ReadString(&inside);
    facts.type = type.has_value() ? std::string(*type) : "";
    if (facts.type == "ssh-rsa") {
      ReadString(&inside);  // the exponent
      const std::optional<std::string_view> modulus = ReadString(&inside);
      facts.bits = modulus.has_value() ? BitsOf(*modulus) : 0;
    }
  }
  return facts;
}

PrivateKeyFacts ReadPgpKey(std::string_view bytes) {
  PrivateKeyFacts facts;
  if (bytes.empty()) {
    return facts;
  }
  const unsigned char head = static_cast<unsigned char>(bytes[0]);
  const bool new_format = (head & 0xc0) == 0xc0;
  const int tag = new_format ? head & 0x3f : (head & 0x3c) >> 2;
  // 5: secret key, 7: secret subkey.
  if ((head & 0x80) != 0 && (tag == 5 || tag == 7)) {
    facts.state = PrivateKeyFacts::State::kKey;
    facts.type = "PGP";
  }
  return facts;
}

}  // namespace keysift
