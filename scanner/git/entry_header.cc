// SPDX-License-Identifier: Apache-2.0
#include "git/entry_header.h"

namespace keysift {

// Type in bits 4-6 of the first byte, size in its low 4 bits and then 7 bits a
// byte, least significant first.
std::optional<EntryHeader> ReadEntryHeader(ByteReader* reader) {
  std::optional<uint8_t> byte = reader->ReadByte();
  if (!byte) {
    return std::nullopt;
  }
  EntryHeader header;
  header.type = *byte >> 4 & 7;
  header.size = *byte & 15;
  for (unsigned shift = 4; (*byte & 0x80) != 0; shift += 7) {
    byte = reader->ReadByte();
    if (!byte || shift > 57) {
      return std::nullopt;
    }
    header.size |= static_cast<uint64_t>(*byte & 0x7f) << shift;
  }
  return header;
}

// The distance to an OBJ_OFS_DELTA's base: 7 bits a byte, most significant
// first, one added at each continuation.
std::optional<uint64_t> ReadBaseDistance(ByteReader* reader) {
  std::optional<uint8_t> byte = reader->ReadByte();
  if (!byte) {
    return std::nullopt;
  }
  uint64_t distance = *byte & 0x7f;
  while ((*byte & 0x80) != 0) {
    byte = reader->ReadByte();
    if (!byte || distance >= uint64_t{1} << 55) {
      return std::nullopt;
    }
    distance = (distance + 1) << 7 | (*byte & 0x7f);
  }
  return distance;
}

}  // namespace keysift
