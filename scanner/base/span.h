// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace keysift {

// The bytes [begin, end) of a text, counted from its start.
struct Span {
  uint64_t begin = 0;
  uint64_t end = 0;

  uint64_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(const Span& other) const {
    return begin <= other.begin && other.end <= end;
  }
  std::string_view In(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
  bool operator==(const Span& other) const = default;
};

// Unsigned bytes (of hashes, of ids) as the text that they are.
inline std::string_view AsText(const uint8_t* bytes, size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace keysift
