// SPDX-License-Identifier: Apache-2.0
#include "git/object_id.h"

#include "base/sha.h"

namespace keysift {
namespace {

// The value of a hex digit of either case, or -1.
int HexValue(char digit) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  if (digit >= 'a' && digit <= 'f') {
    return digit - 'a' + 10;
  }
  if (digit >= 'A' && digit <= 'F') {
    return digit - 'A' + 10;
  }
  return -1;
}

}  // namespace

std::optional<ObjectId> ObjectId::FromHex(std::string_view hex) {
  if (hex.size() != 2 * kSize) {
    return std::nullopt;
  }
  ObjectId id;
  for (size_t i = 0; i < kSize; ++i) {
    int high = HexValue(hex[2 * i]);
    int low = HexValue(hex[2 * i + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    id.bytes[i] = static_cast<uint8_t>(high << 4 | low);
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
