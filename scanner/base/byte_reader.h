// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace keysift {

// A cursor over bytes from outside: every read is checked, and a read past the
// end yields nullopt and leaves the cursor where it was. All parsers of git's
// formats read through it. Views that it returns live as long as the bytes.
// Not thread-safe; copy it freely.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  uint64_t position() const { return position_; }
  uint64_t remaining() const { return bytes_.size() - position_; }
  bool AtEnd() const { return position_ == bytes_.size(); }

  std::optional<uint8_t> ReadByte() {
    if (AtEnd()) {
      return std::nullopt;
    }
    return static_cast<uint8_t>(bytes_[position_++]);
  }

  // Big-endian ("network order") integers, as all of git's formats use.
  std::optional<uint16_t> ReadBig16();
  std::optional<uint32_t> ReadBig32();
  std::optional<uint64_t> ReadBig64();

  std::optional<std::string_view> ReadBytes(uint64_t count);
  bool Skip(uint64_t count);
  // Moves to an absolute position; false if that lies past the end.
  bool Seek(uint64_t position);

  // The bytes up to the next `stop`, which is consumed and left out.
  std::optional<std::string_view> ReadUntil(char stop);

 private:
  std::string_view bytes_;
  uint64_t position_ = 0;
};

}  // namespace keysift
