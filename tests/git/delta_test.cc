// SPDX-License-Identifier: Apache-2.0
#include "git/delta.h"

#include <doctest/doctest.h>

#include <string>

#include "support/pack_builder.h"

namespace keysift {
namespace {

// Applies a delta; the bytes, or the error's message after "!".
std::string Apply(std::string_view base, const std::string& delta,
                  std::vector<CopyRun>* runs, uint64_t limit = UINT64_MAX) {
  Buffer base_buffer;
  Buffer delta_buffer;
  Buffer result;
  CopyBytes(base_buffer.Resize(base.size()), base.data(), base.size());
  CopyBytes(delta_buffer.Resize(delta.size()), delta.data(), delta.size());
  Result<void> applied =
      ApplyDelta(base_buffer.view(), delta_buffer.view(), limit, &result, runs);
  return applied ? std::string(result.view()) : "!" + applied.error().message;
}

std::string Apply(std::string_view base, const std::string& delta) {
  std::vector<CopyRun> runs;
  return Apply(base, delta, &runs);
}

bool Fails(std::string_view base, const std::string& delta) {
  return Apply(base, delta)[0] == '!';
}

}  // namespace

TEST_CASE("copies and inserts make the result, copies are noted as runs") {
  std::vector<CopyRun> runs;
  CHECK(
      Apply("hello world",
            DeltaBuilder(11, 14).Copy(6, 5).Insert(", oh ").Copy(0, 4).bytes(),
            &runs) == "world, oh hell");
  CHECK(runs == std::vector<CopyRun>{{6, 0, 5}, {0, 10, 4}});
}

TEST_CASE("copies that continue each other are one run") {
  std::vector<CopyRun> runs;
  CHECK(Apply("abcdefgh",
              DeltaBuilder(8, 8)
                  .Copy(0, 3)
                  .Copy(3, 2)
                  .Copy(6, 2)
                  .Copy(0, 1)
                  .bytes(),
              &runs) == "abcdegha");
  CHECK(runs == std::vector<CopyRun>{{0, 0, 5}, {6, 5, 2}, {0, 7, 1}});
}

TEST_CASE("neighbours in the base across an insert are two runs") {
  std::vector<CopyRun> runs;
  CHECK(Apply("abcd",
              DeltaBuilder(4, 5).Copy(0, 2).Insert("x").Copy(2, 2).bytes(),
              &runs) == "abxcd");
  CHECK(runs == std::vector<CopyRun>{{0, 0, 2}, {2, 3, 2}});
}

TEST_CASE("a copy of size 0 copies 64 KiB, larger ones take three bytes") {
  std::string base;
  for (int i = 0; i < 300000; ++i) {
    base += static_cast<char>('a' + i % 23);
  }
  std::vector<CopyRun> runs;
  CHECK(Apply(base, DeltaBuilder(300000, 0x10000).Raw("\x80").bytes(), &runs) ==
        base.substr(0, 0x10000));
  CHECK(Apply(base, DeltaBuilder(300000, 0x20003).Copy(70000, 0x20003).bytes(),
              &runs) == base.substr(70000, 0x20003));
  CHECK(runs == std::vector<CopyRun>{{70000, 0, 0x20003}});
}

TEST_CASE("pieces of every length up to 100 are exact") {
  std::string base;
  for (int i = 0; i < 200; ++i) {
    base += static_cast<char>(i);
  }
  for (uint64_t size = 1; size <= 100; ++size) {
    CHECK(Apply(base, DeltaBuilder(200, 2 * size)
                          .Copy(100, size)
                          .Insert(base.substr(3, size))
                          .bytes()) ==
          base.substr(100, size) + base.substr(3, size));
  }
}

TEST_CASE("empty bases and empty results are fine") {
  CHECK(Apply("", DeltaBuilder(0, 3).Insert("new").bytes()) == "new");
  CHECK(Apply("gone", DeltaBuilder(4, 0).bytes()).empty());
  CHECK(Apply("", DeltaBuilder(0, 0).bytes()).empty());
}

TEST_CASE("the header gives both sizes and where instructions begin") {
  const std::string delta = DeltaBuilder(300, 5).Insert("12345").bytes();
  Result<DeltaHeader> header = ReadDeltaHeader(delta);
  REQUIRE(header);
  CHECK(header->base_size == 300);
  CHECK(header->result_size == 5);
  CHECK(header->instructions == 3);
}

TEST_CASE("a delta that lies is damaged") {
  CHECK(Fails("abc", ""));
  CHECK(Fails("abc", "\x03"));
  CHECK(Fails("abc", std::string(11, '\x80')));
  CHECK(Fails("abc", std::string(10, '\xff') + "\x01\x01"));
  CHECK(Fails("abcd", DeltaBuilder(3, 1).Insert("x").bytes()));
  CHECK(Fails("abc", DeltaBuilder(3, 2).Insert("x").bytes()));
  CHECK(Fails("abc", DeltaBuilder(3, 1).Insert("xy").bytes()));
  CHECK(Fails("abc", DeltaBuilder(3, 3).Copy(1, 3).bytes()));
  CHECK(Fails("abc", DeltaBuilder(3, 1).Copy(0, 2).bytes()));
  CHECK(Fails("abc", DeltaBuilder(3, 9).Raw("\x05xy").bytes()));
  CHECK(Fails("abc", DeltaBuilder(3, 1).Raw("\x91\x01").bytes()));
  CHECK(Fails("abc", DeltaBuilder(3, 1).Raw(std::string(1, '\0')).bytes()));
  CHECK(Fails("abc", DeltaBuilder(3, 1).Copy(0xffffffff, 0xffffff).bytes()));
}

TEST_CASE("no prefix of a delta passes") {
  const std::string base(500, 'b');
  const std::string whole =
      DeltaBuilder(500, 430).Copy(3, 300).Insert(std::string(130, 'i')).bytes();
  REQUIRE(!Fails(base, whole));
  for (size_t size = 0; size < whole.size(); ++size) {
    CHECK(Fails(base, whole.substr(0, size)));
  }
}

TEST_CASE("a result over the limit is refused before it is allocated") {
  std::vector<CopyRun> runs;
  CHECK(Apply("abc", DeltaBuilder(3, uint64_t{1} << 60).bytes(), &runs, 1000) ==
        "!object over the size limit");
}

TEST_CASE("a size that the instructions do not add up to takes no memory") {
  std::vector<CopyRun> runs;
  for (int bits = 29; bits < 62; bits += 4) {
    const uint64_t size = uint64_t{1} << bits;
    CHECK(Apply("abc", DeltaBuilder(3, size).bytes()) ==
          "!delta: shorter than it says");
    CHECK(Apply("abc", DeltaBuilder(3, size).Copy(0, 3).Insert("x").bytes()) ==
          "!delta: shorter than it says");
    CHECK(Fails("abc", DeltaBuilder(3, size).Raw("\x91\x01").bytes()));
  }
}

TEST_CASE("a large result that does add up is made") {
  constexpr uint64_t kPiece = 0xffffff;
  const std::string base(kPiece, 'b');
  DeltaBuilder delta(kPiece, 17 * kPiece);
  for (int i = 0; i < 17; ++i) {
    delta.Copy(0, kPiece);
  }
  CHECK(Apply(base, delta.bytes()).size() == 17 * kPiece);
}

}  // namespace keysift
