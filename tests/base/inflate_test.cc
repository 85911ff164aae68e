// SPDX-License-Identifier: Apache-2.0
#include "base/inflate.h"

#include <doctest/doctest.h>

#include "base/big_endian.h"
#include "base/crc32.h"
#include "support/zlib_stream.h"

namespace keysift {

TEST_CASE("a stream is unpacked and its length told") {
  std::string stream = ZlibStream("hello hello hello");
  Inflater inflater;
  std::string out(17, ' ');
  CHECK(inflater.Inflate(stream + "rest", out.data(), 17) == stream.size());
  CHECK(out == "hello hello hello");
  CHECK(inflater.Inflate(ZlibStream(""), nullptr, 0));
}

TEST_CASE("a stream that is longer or shorter than stated is damaged") {
  std::string stream = ZlibStream("hello");
  Inflater inflater;
  std::string out(10, ' ');
  for (uint64_t size : {uint64_t{4}, uint64_t{6}}) {
    CHECK(inflater.Inflate(stream, out.data(), size).error().kind ==
          ErrorKind::kDamaged);
  }
}

TEST_CASE("a truncated stream and a flipped byte are damaged") {
  std::string stream = ZlibStream("hello hello hello");
  Inflater inflater;
  std::string out(17, ' ');
  for (size_t size = 0; size < stream.size(); ++size) {
    CHECK_FALSE(inflater.Inflate(stream.substr(0, size), out.data(), 17));
  }
  stream.back() = static_cast<char>(stream.back() ^ 1);  // of the Adler-32
  CHECK_FALSE(inflater.Inflate(stream, out.data(), 17));
}

TEST_CASE("into a buffer: what lies behind the stream does not count") {
  const std::string text = "hello hello hello";
  const std::string stream = ZlibStream(text);
  Inflater inflater;
  Buffer out;
  const std::string file = stream + std::string(100, 'r');
  const std::string_view packed =
      std::string_view(file).substr(0, stream.size());
  CHECK(inflater.Inflate(packed, 100, text.size(), &out) == stream.size());
  CHECK(out.view() == text);
  for (uint64_t size : {text.size() - 1, text.size() + 1, uint64_t{0}}) {
    CHECK(inflater.Inflate(packed, 100, size, &out).error().kind ==
          ErrorKind::kDamaged);
  }
  // Cut off, with the very bytes behind it that would go on.
  for (size_t size = 0; size < stream.size(); ++size) {
    CHECK_FALSE(inflater.Inflate(packed.substr(0, size), stream.size() - size,
                                 text.size(), &out));
  }
}

TEST_CASE("a stream of unknown size is unpacked up to the limit") {
  std::string text(100'000, 'x');
  std::string stream = ZlibStream(text);
  Inflater inflater;
  std::string out;
  CHECK(inflater.InflateAll(stream, text.size(), &out) == stream.size());
  CHECK(out == text);
  CHECK(inflater.InflateAll(stream, text.size() - 1, &out).error().kind ==
        ErrorKind::kTooLarge);
  CHECK(out.empty());
  CHECK(inflater.InflateAll("no stream", 100, &out).error().kind ==
        ErrorKind::kDamaged);
}

TEST_CASE("a look at a stream's start needs no known size") {
  Inflater inflater;
  char out[512];
  inflater.Peek(ZlibStream("blob 100000" + std::string(100'000, 'x')), out,
                sizeof out);
  CHECK(std::string_view(out, 13) == "blob 100000xx");
}

TEST_CASE("no more is possible than DEFLATE's ratio allows") {
  CHECK(Inflater::IsPossible(10, 10'000));
  CHECK_FALSE(Inflater::IsPossible(10, 12'000));
}

TEST_CASE("the CRC-32 is zlib's, in one piece or several") {
  CHECK(Crc32("123456789") == 0xcbf43926);
  CHECK(Crc32("456789", Crc32("123")) == 0xcbf43926);
  CHECK(Crc32("") == 0);
}

TEST_CASE("big-endian loads take any byte") {
  CHECK(LoadBig16("\xff\x01") == 0xff01);
  CHECK(LoadBig32("\xff\x00\x80\x01") == 0xff008001);
  CHECK(LoadBig64("\xff\x00\x80\x01\x02\x03\x04\xfe") == 0xff008001020304fe);
}

}  // namespace keysift
