// SPDX-License-Identifier: Apache-2.0
#include "match/text_start.h"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

namespace keysift {
namespace {

bool Begins(std::string_view bytes) {
  const std::vector<uint8_t> copy(bytes.begin(), bytes.end());
  return BeginsAsText(copy.data(), copy.size());
}

}  // namespace

TEST_CASE("text begins as text, wherever it is cut") {
  using namespace std::string_view_literals;
  CHECK(Begins("plain text\n"));
  CHECK(Begins("gr\xc3\xbc\xc3"));
  CHECK(Begins("\xe2\x82\xac 1"));
  CHECK(Begins("\xef\xbb\xbfmarked"));
  CHECK(Begins("\xff\xfeg\0h\0"sv));
  CHECK(Begins("a\0b\0c\0"sv));
  CHECK(Begins("\0a\0b\0c"sv));
}

TEST_CASE("noise does not") {
  using namespace std::string_view_literals;
  CHECK_FALSE(Begins("ab\x01"));
  CHECK_FALSE(Begins("ab\x80"));
  CHECK_FALSE(Begins("\xc3("));
  CHECK_FALSE(Begins("\0\0\0\0"sv));
  CHECK_FALSE(Begins("a\0b\1"sv));
}

TEST_CASE("what begins a text passes the quick test too") {
  for (int byte = 0; byte < 256; ++byte) {
    const uint8_t first = static_cast<uint8_t>(byte);
    const std::vector<std::vector<uint8_t>> rests = {
        {'a'}, {0}, {0x80}, {0xbb, 0xbf}, {0xfe}, {0xff}, {0x80, 0x80}};
    for (const std::vector<uint8_t>& rest : rests) {
      std::vector<uint8_t> bytes = {first};
      bytes.insert(bytes.end(), rest.begin(), rest.end());
      if (BeginsAsText(bytes.data(), bytes.size())) {
        CHECK(MayBeginText(first));
      }
    }
  }
}

}  // namespace keysift
