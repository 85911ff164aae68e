// SPDX-License-Identifier: Apache-2.0
#include "git/object_id.h"

#include "base/sha.h"

namespace keysift {
namespace {

constexpr uint8_t kNoDigit = 0xff;

// The value of each byte as a hex digit of either case.
constexpr std::array<uint8_t, 256> HexValues() {
  std::array<uint8_t, 256> values{};
  for (uint8_t& value : values) {
    value = kNoDigit;
  }
  for (uint8_t i = 0; i < 10; ++i) {
    values['0' + i] = i;
  }
  for (uint8_t i = 0; i < 6; ++i) {
    values['a' + i] = values['A' + i] = static_cast<uint8_t>(10 + i);
  }
  return values;
}

constexpr std::array<uint8_t, 256> kHexValues = HexValues();

}  // namespace

std::optional<ObjectId> ObjectId::FromHex(std::string_view hex) {
  if (hex.size() != 2 * kSize) {
    return std::nullopt;
  }
  ObjectId id;
  uint8_t seen = 0;
  for (size_t i = 0; i < kSize; ++i) {
    const uint8_t high = kHexValues[static_cast<uint8_t>(hex[2 * i])];
    const uint8_t low = kHexValues[static_cast<uint8_t>(hex[2 * i + 1])];
    seen |= high | low;
    id.bytes[i] = static_cast<uint8_t>(high << 4 | low);
  }
  // Digits are below 16: a high bit is that of kNoDigit.
  if (seen >= 16) {
    return std::nullopt;
  }
  return id;
}

std::string ObjectId::ToHex() const {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex(2 * kSize, '0');
  for (size_t i = 0; i < kSize; ++i) {
    hex[2 * i] = kDigits[bytes[i] >> 4];
    hex[2 * i + 1] = kDigits[bytes[i] & 0xf];
  }
  return hex;
}

const char* ObjectTypeName(ObjectType type) {
  switch (type) {
    case ObjectType::kCommit:
      return "commit";
    case ObjectType::kTree:
      return "tree";
    case ObjectType::kBlob:
      return "blob";
    case ObjectType::kTag:
      return "tag";
    case ObjectType::kOffsetDelta:
    case ObjectType::kRefDelta:
      return "delta";
    case ObjectType::kNone:
      break;
  }
  return "none";
}

std::optional<ObjectType> ParseObjectType(std::string_view name) {
  for (ObjectType type : {ObjectType::kCommit, ObjectType::kTree,
                          ObjectType::kBlob, ObjectType::kTag}) {
    if (name == ObjectTypeName(type)) {
      return type;
    }
  }
  return std::nullopt;
}

ObjectId ComputeId(ObjectType type, std::string_view content) {
  Sha1 sha;
  sha.Update(ObjectTypeName(type));
  sha.Update(" " + std::to_string(content.size()));
  sha.Update(std::string_view("\0", 1));
  sha.Update(content);
  return ObjectId{sha.Finish()};
}

}  // namespace keysift
