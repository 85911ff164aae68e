// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_reader.h"
#include "git/object_id.h"

namespace keysift {

// Writes the parts of notes one behind the other, then the SHA-1 of them all.
// Numbers are base-128, low digits first, 7 bits a byte; lists are their length
// and their elements.
class NoteWriter {
 public:
  void Number(uint64_t value);
  void Text(std::string_view text);
  // Eight a byte, the first one lowest, without their number.
  void Bits(const std::vector<bool>& bits);
  // The same of which elements have a mark.
  void Marks(const std::vector<uint8_t>& marks, uint8_t mark);
  // As they are, without their number.
  void Bytes(const std::vector<uint8_t>& bytes);
  void Ids(const std::vector<ObjectId>& ids);
  void Rows(const std::vector<uint32_t>& rows);
  // All that was written, with its digest. Nothing may be written after it.
  std::string Finish();

 private:
  std::string bytes_;
};

// Reads what a NoteWriter wrote; the bytes must outlive it. After a failure
// (sound() is false) all that it gives is 0 and empty.
class NoteReader {
 public:
  // What lies before the digest; nothing if that is another one's.
  static std::optional<std::string_view> BodyOf(std::string_view bytes);

  explicit NoteReader(std::string_view body) : bytes_(body) {}

  bool sound() const { return sound_; }
  bool AtEnd() const { return bytes_.AtEnd(); }

  uint64_t Number() {
    const std::optional<uint8_t> byte =
        sound_ ? bytes_.ReadByte() : std::nullopt;
    return byte && *byte < 0x80 ? *byte : LongNumber(byte);
  }
  // A number below `limit`, or a failure.
  uint32_t Below(uint64_t limit) {
    const uint64_t value = Number();
    sound_ = sound_ && value < limit && value <= UINT32_MAX;
    return sound_ ? static_cast<uint32_t>(value) : 0;
  }
  // How many of something that takes a byte at least.
  size_t Count() { return Below(bytes_.remaining() + 1); }
  std::string Text();
  std::vector<bool> Bits(uint32_t count);
  // Adds `mark` to those that have it.
  void Marks(uint8_t mark, std::vector<uint8_t>* marks);
  std::vector<uint8_t> Bytes(size_t count);
  std::vector<ObjectId> Ids();
  // Each below `limit`.
  std::vector<uint32_t> Rows(uint32_t limit);

 private:
  uint64_t LongNumber(std::optional<uint8_t> first);

  ByteReader bytes_;
  bool sound_ = true;
};

}  // namespace keysift
