// SPDX-License-Identifier: Apache-2.0
#include "base/byte_reader.h"

namespace keysift {
namespace {

uint64_t BigEndian(std::string_view bytes) {
  uint64_t value = 0;
  for (char byte : bytes) {
    value = value << 8 | static_cast<uint8_t>(byte);
  }
  return value;
}

}  // namespace

std::optional<uint16_t> ByteReader::ReadBig16() {
  std::optional<std::string_view> bytes = ReadBytes(2);
  if (!bytes) {
    return std::nullopt;
  }
  return static_cast<uint16_t>(BigEndian(*bytes));
}

std::optional<uint32_t> ByteReader::ReadBig32() {
  std::optional<std::string_view> bytes = ReadBytes(4);
  if (!bytes) {
    return std::nullopt;
  }
  return static_cast<uint32_t>(BigEndian(*bytes));
}

std::optional<uint64_t> ByteReader::ReadBig64() {
  std::optional<std::string_view> bytes = ReadBytes(8);
  if (!bytes) {
    return std::nullopt;
  }
  return BigEndian(*bytes);
}

std::optional<std::string_view> ByteReader::ReadBytes(uint64_t count) {
  if (count > remaining()) {
    return std::nullopt;
  }
  std::string_view bytes = bytes_.substr(position_, count);
  position_ += count;
  return bytes;
}

bool ByteReader::Skip(uint64_t count) {
  if (count > remaining()) {
    return false;
  }
  position_ += count;
  return true;
}

bool ByteReader::Seek(uint64_t position) {
  if (position > bytes_.size()) {
    return false;
  }
  position_ = position;
  return true;
}

std::optional<std::string_view> ByteReader::ReadUntil(char stop) {
  size_t found = bytes_.find(stop, position_);
  if (found == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view bytes = bytes_.substr(position_, found - position_);
  position_ = found + 1;
  return bytes;
}

}  // namespace keysift
