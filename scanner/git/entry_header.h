// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/byte_reader.h"

namespace keysift {

// What an entry of a pack starts with (gitformat-pack, "pack-*.pack files have
// the following format"): the number of its type and how many bytes it unpacks
// to.
struct EntryHeader {
  uint8_t type = 0;
  uint64_t size = 0;
};

// Reads a header; nullopt if it is cut off or states a size that no file has.
std::optional<EntryHeader> ReadEntryHeader(ByteReader* reader);

// How far before its own entry the base of an OBJ_OFS_DELTA begins; nullopt if
// it is cut off or past any file's size.
std::optional<uint64_t> ReadBaseDistance(ByteReader* reader);

}  // namespace keysift
