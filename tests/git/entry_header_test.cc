// SPDX-License-Identifier: Apache-2.0
#include "git/entry_header.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

std::optional<EntryHeader> Header(std::string_view bytes) {
  ByteReader reader(bytes);
  return ReadEntryHeader(&reader);
}

std::optional<uint64_t> Distance(std::string_view bytes) {
  ByteReader reader(bytes);
  return ReadBaseDistance(&reader);
}

}  // namespace

TEST_CASE("type and size come out of one byte or of many") {
  CHECK(Header("\x3f")->type == 3);
  CHECK(Header("\x3f")->size == 15);
  CHECK(Header("\xb0\x01")->size == 16);
  CHECK(Header("\xe5\xff\x01")->type == 6);
  CHECK(Header("\xe5\xff\x01")->size == 5 + (127u << 4) + (1u << 11));
  const std::string large = "\xb0" + std::string(7, '\x80') + "\x04";
  CHECK(Header(large)->size == uint64_t{1} << 55);
}

TEST_CASE("a header that is cut off or beyond any file is none") {
  CHECK(!Header(""));
  CHECK(!Header("\xb0"));
  CHECK(!Header("\xb0\xff"));
  CHECK(!Header(std::string(11, '\xff') + "\x01"));
}

TEST_CASE("distances count on from where shorter ones end") {
  CHECK(Distance("\x05") == 5u);
  CHECK(Distance("\x7f") == 127u);
  CHECK(Distance(std::string("\x80\0", 2)) == 128u);
  CHECK(Distance("\x80\x01") == 129u);
  CHECK(Distance("\xff\x7f") == 128u + 16383u);
  CHECK(Distance(std::string("\x80\x80\0", 3)) == 128u + 16384u);
}

TEST_CASE("a distance that is cut off or past any file is none") {
  CHECK(!Distance(""));
  CHECK(!Distance("\x80"));
  CHECK(!Distance(std::string(12, '\xff') + "\x01"));
}

}  // namespace keysift
