// SPDX-License-Identifier: Apache-2.0
#include "git/ewah.h"

#include <doctest/doctest.h>

#include "support/zlib_stream.h"

namespace keysift {
namespace {

using Bits = std::vector<uint32_t>;

// A running length word.
std::string Run(bool bit, uint64_t words, uint64_t literals) {
  return Big64((bit ? 1 : 0) | words << 1 | literals << 33);
}

std::string Bitmap(const std::string& words) {
  return Big32(0) + Big32(static_cast<uint32_t>(words.size() / 8)) + words +
         Big32(0);
}

Result<Bits> Read(const std::string& bytes, uint32_t limit) {
  ByteReader reader(bytes);
  return ReadEwah(&reader, limit);
}

}  // namespace

TEST_CASE("runs of zeros, runs of ones and literal words are unfolded") {
  std::string words = Run(false, 1, 1) + Big64(0b101) + Run(true, 1, 0);
  Result<Bits> bits = Read(Bitmap(words), 192);
  REQUIRE(bits);
  REQUIRE(bits->size() == 66);
  CHECK((*bits)[0] == 64);
  CHECK((*bits)[1] == 66);
  CHECK((*bits)[2] == 128);
  CHECK(bits->back() == 191);
}

TEST_CASE("the reader stands behind the bitmap") {
  std::string bytes = Bitmap(Run(false, 0, 1) + Big64(2)) + "rest";
  ByteReader reader(bytes);
  CHECK(ReadEwah(&reader, 2) == Bits{1});
  CHECK(reader.ReadBytes(4) == "rest");
  CHECK(Read(Bitmap(""), 0) == Bits{});
}

TEST_CASE("a bit at the limit is damage, in a literal or in a run") {
  CHECK_FALSE(Read(Bitmap(Run(false, 0, 1) + Big64(2)), 1));
  CHECK_FALSE(Read(Bitmap(Run(true, 1, 0)), 63));
  CHECK(Read(Bitmap(Run(true, 1, 0)), 64));
}

TEST_CASE("a run that claims billions of words allocates nothing") {
  CHECK_FALSE(Read(Bitmap(Run(true, 0xffffffff, 0)), 1000));
  std::string words;
  for (int i = 0; i < 1 << 12; ++i) {
    words += Run(false, 0xffffffff, 0);
  }
  CHECK_FALSE(Read(Bitmap(words), 1000));
}

TEST_CASE("more literals than words are damage") {
  CHECK_FALSE(Read(Bitmap(Run(false, 0, 2) + Big64(0)), 1000));
}

TEST_CASE("a truncated bitmap is damage at every length") {
  std::string bytes = Bitmap(Run(false, 0, 1) + Big64(2));
  for (size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(Read(bytes.substr(0, size), 1000));
  }
}

}  // namespace keysift
