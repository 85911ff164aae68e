// SPDX-License-Identifier: Apache-2.0
// PyPI's tokens: "pypi-" and the base64url of a macaroon in libmacaroons'
// binary format, version 2: a byte 2; fields (type, length, bytes), each
// section closed by a zero; location (1) and identifier (2), then caveats, a
// zero, and the signature (6) of 32 bytes. Source: libmacaroons'
// doc/format.txt, PyPI's "API tokens" page.
#include "base/byte_reader.h"
#include "content/base64.h"
#include "verify/check_list.h"

namespace keysift {
namespace {

constexpr uint8_t kVersion = 2;
constexpr uint64_t kEndOfSection = 0;
constexpr uint64_t kLocation = 1;
constexpr uint64_t kIdentifier = 2;
constexpr uint64_t kSignature = 6;

struct Field {
  uint64_t type = 0;
  std::string_view bytes;
};

std::optional<uint64_t> ReadVarint(ByteReader* reader) {
  uint64_t value = 0;
  for (int shift = 0; shift < 28; shift += 7) {
    const std::optional<uint8_t> byte = reader->ReadByte();
    if (!byte.has_value()) {
      return std::nullopt;
    }
    value |= static_cast<uint64_t>(*byte & 0x7f) << shift;
    if (*byte < 0x80) {
      return value;
    }
  }
  return std::nullopt;
}

std::optional<Field> ReadField(ByteReader* reader) {
  const std::optional<uint64_t> type = ReadVarint(reader);
  if (!type.has_value() || *type == kEndOfSection) {
    return type.has_value() ? std::optional<Field>(Field()) : std::nullopt;
  }
  const std::optional<uint64_t> length = ReadVarint(reader);
  const std::optional<std::string_view> bytes =
      length.has_value() ? reader->ReadBytes(*length) : std::nullopt;
  if (!bytes.has_value()) {
    return std::nullopt;
  }
  return Field{*type, *bytes};
}

// After the identifier's section: caveats up to an empty section, then 32
// bytes of signature, then nothing.
bool ReadTail(ByteReader* reader) {
  bool section_empty = true;
  for (std::optional<Field> field = ReadField(reader); field.has_value();
       field = ReadField(reader)) {
    if (field->type == kSignature) {
      return field->bytes.size() == 32 && reader->AtEnd();
    }
    if (field->type == kEndOfSection && section_empty) {
      continue;
    }
    section_empty = field->type == kEndOfSection;
  }
  return false;
}

}  // namespace

CheckResult CheckPypiMacaroon(const CheckInput& input) {
  std::string_view token = input.Secret();
  if (token.substr(0, 5) != "pypi-") {
    return CheckResult::Unknown();
  }
  token.remove_prefix(5);
  const std::string bytes = DecodeBase64(token).value_or("");
  ByteReader reader(bytes);
  const std::optional<uint8_t> version = reader.ReadByte();
  const std::optional<Field> location = ReadField(&reader);
  if (version != kVersion || !location.has_value() ||
      location->type != kLocation) {
    return CheckResult::Failed("does not parse as a macaroon");
  }
  const std::optional<Field> identifier = ReadField(&reader);
  const std::optional<Field> end = ReadField(&reader);
  const bool named = identifier.has_value() &&
                     identifier->type == kIdentifier && end.has_value() &&
                     end->type == kEndOfSection;
  const bool whole = named && ReadTail(&reader);
  CheckResult result =
      whole ? CheckResult::Pass("macaroon parses")
            : CheckResult::Failed("only the head parses as a macaroon");
  if (named && !whole) {
    result.reason = "a macaroon cut short";  // without its signature: nothing
    result.at_most = Confidence::kPossible;
  }
  if (location->bytes == "pypi.org" || location->bytes == "test.pypi.org") {
    result.details.emplace_back("index", location->bytes);
  }
  return result;
}

}  // namespace keysift
