// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "base/span.h"

namespace keysift {

// The name of a git object: a SHA-1 of its header and content. A value.
// (SHA-256 repositories are detected and refused as unsupported.)
struct ObjectId {
  static constexpr size_t kSize = 20;
  std::array<uint8_t, kSize> bytes{};

  // From kSize raw bytes.
  static ObjectId FromRaw(std::string_view raw) {
    ObjectId id;
    for (size_t i = 0; i < kSize; ++i) {
      id.bytes[i] = static_cast<uint8_t>(raw[i]);
    }
    return id;
  }
  // From 40 hex digits of either case; nullopt otherwise.
  static std::optional<ObjectId> FromHex(std::string_view hex);

  // The raw bytes; the view lives as long as the id.
  std::string_view raw() const { return AsText(bytes.data(), kSize); }
  std::string ToHex() const;
  bool IsZero() const { return *this == ObjectId{}; }
  auto operator<=>(const ObjectId&) const = default;
};

// As gitformat-pack numbers them.
enum class ObjectType : uint8_t {
  kNone = 0,
  kCommit = 1,
  kTree = 2,
  kBlob = 3,
  kTag = 4,
  kOffsetDelta = 6,
  kRefDelta = 7,
};

// "commit", "tree", "blob", "tag", "delta" (of either kind) or "none".
const char* ObjectTypeName(ObjectType type);
// The type of a name as objects spell it ("blob"); nullopt for any other.
std::optional<ObjectType> ParseObjectType(std::string_view name);

// The id of an object: the SHA-1 of "type size\0" and its content.
ObjectId ComputeId(ObjectType type, std::string_view content);

}  // namespace keysift
