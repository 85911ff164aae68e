// SPDX-License-Identifier: Apache-2.0
#include "scan/note_bytes.h"

#include <bit>
#include <utility>

#include "base/sha.h"

namespace keysift {
namespace {

constexpr size_t kDigestSize = 20;
constexpr int kMaxShift = 63;

}  // namespace

void NoteWriter::Number(uint64_t value) {
  while (value >= 0x80) {
    bytes_.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  bytes_.push_back(static_cast<char>(value));
}

void NoteWriter::Text(std::string_view text) {
  Number(text.size());
  bytes_ += text;
}

void NoteWriter::Bits(const std::vector<bool>& bits) {
  char byte = 0;
  for (size_t i = 0; i < bits.size(); ++i) {
    byte = static_cast<char>(byte | (bits[i] ? 1 << i % 8 : 0));
    if (i % 8 == 7 || i + 1 == bits.size()) {
      bytes_.push_back(byte);
      byte = 0;
    }
  }
}

void NoteWriter::Marks(const std::vector<uint8_t>& marks, uint8_t mark) {
  std::vector<bool> bits(marks.size());
  for (size_t i = 0; i < marks.size(); ++i) {
    bits[i] = (marks[i] & mark) != 0;
  }
  Bits(bits);
}

void NoteWriter::Bytes(const std::vector<uint8_t>& bytes) {
  bytes_ += AsText(bytes.data(), bytes.size());
}

void NoteWriter::Ids(const std::vector<ObjectId>& ids) {
  Number(ids.size());
  for (const ObjectId& id : ids) {
    bytes_ += id.raw();
  }
}

void NoteWriter::Rows(const std::vector<uint32_t>& rows) {
  Number(rows.size());
  for (const uint32_t row : rows) {
    Number(row);
  }
}

std::string NoteWriter::Finish() {
  const Sha1Digest digest = Sha1Of(bytes_);
  bytes_ += AsText(digest.data(), digest.size());
  return std::move(bytes_);
}

std::optional<std::string_view> NoteReader::BodyOf(std::string_view bytes) {
  if (bytes.size() < kDigestSize) {
    return std::nullopt;
  }
  const std::string_view body = bytes.substr(0, bytes.size() - kDigestSize);
  const Sha1Digest digest = Sha1Of(body);
  const bool sound =
      bytes.substr(body.size()) == AsText(digest.data(), digest.size());
  return sound ? std::optional(body) : std::nullopt;
}

uint64_t NoteReader::LongNumber(std::optional<uint8_t> first) {
  uint64_t value = 0;
  for (int shift = 0; sound_; shift += 7) {
    const std::optional<uint8_t> byte = shift == 0 ? first : bytes_.ReadByte();
    if (!byte || shift > kMaxShift) {
      sound_ = false;
      break;
    }
    value |= uint64_t{*byte & 0x7fu} << shift;
    if (*byte < 0x80) {
      return value;
    }
  }
  return 0;
}

std::string NoteReader::Text() {
  const std::optional<std::string_view> text = bytes_.ReadBytes(Count());
  sound_ = sound_ && text.has_value();
  return sound_ ? std::string(*text) : "";
}

std::vector<bool> NoteReader::Bits(uint32_t count) {
  const std::optional<std::string_view> packed =
      bytes_.ReadBytes((uint64_t{count} + 7) / 8);
  sound_ = sound_ && packed.has_value();
  std::vector<bool> bits(sound_ ? count : 0);
  for (size_t i = 0; i < bits.size(); i += 8) {
    for (unsigned byte = static_cast<uint8_t>((*packed)[i / 8]); byte != 0;
         byte &= byte - 1) {
      const size_t bit = i + static_cast<size_t>(std::countr_zero(byte));
      if (bit < bits.size()) {
        bits[bit] = true;
      }
    }
  }
  return bits;
}

void NoteReader::Marks(uint8_t mark, std::vector<uint8_t>* marks) {
  const std::optional<std::string_view> packed =
      bytes_.ReadBytes((uint64_t{marks->size()} + 7) / 8);
  sound_ = sound_ && packed.has_value();
  const size_t count = sound_ ? marks->size() : 0;
  for (size_t i = 0; i < count / 8; ++i) {
    const unsigned bits = static_cast<uint8_t>((*packed)[i]);
    uint8_t* const eight = marks->data() + i * 8;
    for (unsigned bit = 0; bit < 8; ++bit) {
      eight[bit] =
          static_cast<uint8_t>(eight[bit] | ((bits >> bit & 1) * mark));
    }
  }
  for (size_t i = count / 8 * 8; i < count; ++i) {
    const unsigned bit = static_cast<uint8_t>((*packed)[i / 8]) >> i % 8 & 1;
    (*marks)[i] = static_cast<uint8_t>((*marks)[i] | (bit * mark));
  }
}

std::vector<uint8_t> NoteReader::Bytes(size_t count) {
  const std::optional<std::string_view> bytes = bytes_.ReadBytes(count);
  sound_ = sound_ && bytes.has_value();
  return sound_ ? std::vector<uint8_t>(bytes->begin(), bytes->end())
                : std::vector<uint8_t>();
}

std::vector<ObjectId> NoteReader::Ids() {
  std::vector<ObjectId> ids(Count());
  for (ObjectId& id : ids) {
    const std::optional<std::string_view> raw =
        bytes_.ReadBytes(ObjectId::kSize);
    sound_ = sound_ && raw.has_value();
    if (!sound_) {
      return {};
    }
    id = ObjectId::FromRaw(*raw);
  }
  return ids;
}

std::vector<uint32_t> NoteReader::Rows(uint32_t limit) {
  std::vector<uint32_t> rows(Count());
  for (uint32_t& row : rows) {
    row = Below(limit);
  }
  return rows;
}

}  // namespace keysift
