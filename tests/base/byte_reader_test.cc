// SPDX-License-Identifier: Apache-2.0
#include "base/byte_reader.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("integers are read in network order") {
  ByteReader reader(std::string_view("\x00\x01\x02\x03\xff", 5));
  CHECK(reader.ReadBig32() == 0x00010203u);
  CHECK(reader.ReadByte() == 0xff);
  CHECK(reader.AtEnd());
}

TEST_CASE("a read past the end fails and moves nothing") {
  ByteReader reader("abc");
  CHECK_FALSE(reader.ReadBig32());
  CHECK_FALSE(reader.ReadBytes(4));
  CHECK_FALSE(reader.Skip(UINT64_MAX));
  CHECK_FALSE(reader.Seek(4));
  CHECK(reader.position() == 0);
  CHECK(reader.ReadBig16() == 0x6162);
}

TEST_CASE("a delimiter is consumed and left out") {
  ByteReader reader("one two");
  CHECK(reader.ReadUntil(' ') == "one");
  CHECK(reader.position() == 4);
  CHECK_FALSE(reader.ReadUntil(' '));
  CHECK(reader.position() == 4);
}

}  // namespace keysift
