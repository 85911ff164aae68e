// SPDX-License-Identifier: Apache-2.0
#include "git/multi_pack_index.h"

#include <doctest/doctest.h>

#include "base/sha.h"
#include "git/pack_index.h"
#include "support/git_fixture.h"
#include "support/zlib_stream.h"

namespace keysift {
namespace {

struct Chunk {
  std::string name;
  std::string content;
};

std::string Fanout(uint32_t zeros) {
  std::string table;
  for (int first = 0; first < 256; ++first) {
    table += Big32(first < 9 ? zeros : 2);
  }
  return table;
}

// Two objects, 00… in pack 0 and 09… in pack 1 at a large offset.
std::vector<Chunk> Chunks() {
  std::string second(20, '\0');
  second[0] = 9;
  return {{"PNAM", std::string("pack-a.idx\0pack-b.idx\0\0\0", 24)},
          {"OIDF", Fanout(1)},
          {"OIDL", std::string(20, '\0') + second},
          {"OOFF", Big32(0) + Big32(12) + Big32(1) + Big32(0x80000000)},
          {"LOFF", Big64(0x123456789a)}};
}

std::string Build(const std::vector<Chunk>& chunks,
                  std::string header = std::string("MIDX\1\1", 6),
                  uint32_t packs = 2, char bases = '\0') {
  std::string body = header + static_cast<char>(chunks.size()) + bases;
  body += Big32(packs);
  uint64_t at = 12 + 12 * (chunks.size() + 1);
  for (const Chunk& chunk : chunks) {
    body += chunk.name + Big64(at);
    at += chunk.content.size();
  }
  body += Big32(0) + Big64(at);
  for (const Chunk& chunk : chunks) {
    body += chunk.content;
  }
  for (uint8_t byte : Sha1Of(body)) {
    body += static_cast<char>(byte);
  }
  return body;
}

ErrorKind KindOf(const std::string& bytes) {
  Result<MultiPackIndex> index = MultiPackIndex::Parse(bytes);
  REQUIRE_FALSE(index);
  return index.error().kind;
}

}  // namespace

TEST_CASE("a multi-pack-index by git holds what the packs' indexes hold") {
  GitFixture fixture;
  for (int i = 0; i < 3; ++i) {
    fixture.Write("file", std::string(1000, 'x') + std::to_string(i));
    fixture.Commit("c");
    fixture.Git({"repack", "-q", "-d"});
  }
  fixture.Git({"multi-pack-index", "write"});
  std::string folder = fixture.git_dir() + "/objects/pack/";
  Result<MultiPackIndex> index =
      MultiPackIndex::Open(folder + "multi-pack-index");
  REQUIRE(index);
  CHECK(index->Validate());
  CHECK(index->VerifyChecksum());
  REQUIRE(index->pack_names().size() == 3);
  uint32_t seen = 0;
  for (uint32_t number = 0; number < 3; ++number) {
    Result<PackIndex> one =
        PackIndex::Open(folder + std::string(index->pack_names()[number]));
    REQUIRE(one);
    for (uint32_t row = 0; row < one->count(); ++row) {
      std::optional<uint32_t> found = index->Find(one->object_id(row));
      REQUIRE(found);
      CHECK(index->pack(*found) == number);
      CHECK(index->offset(*found) == one->offset(row));
      ++seen;
    }
  }
  CHECK(seen == index->count());
}

TEST_CASE("large offsets and pack numbers are read") {
  std::string bytes = Build(Chunks());
  Result<MultiPackIndex> index = MultiPackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK(index->Validate());
  CHECK(index->count() == 2);
  CHECK(index->offset(0) == 12);
  CHECK(index->offset(1) == 0x123456789a);
  CHECK(index->pack(1) == 1);
  CHECK(index->pack_names()[1] == "pack-b.idx");
}

TEST_CASE("without large offsets the high bit is part of the offset") {
  std::vector<Chunk> chunks = Chunks();
  chunks.pop_back();
  std::string bytes = Build(chunks);
  Result<MultiPackIndex> index = MultiPackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK(index->offset(1) == 0x80000000);
}

TEST_CASE("a row that names no pack or no large offset is damage") {
  std::vector<Chunk> chunks = Chunks();
  chunks[3].content = Big32(2) + Big32(12) + Big32(1) + Big32(12);
  std::string bytes = Build(chunks);
  Result<MultiPackIndex> index = MultiPackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK_FALSE(index->Validate());
  chunks[3].content = Big32(0) + Big32(12) + Big32(1) + Big32(0x80000001);
  bytes = Build(chunks);
  index = MultiPackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK(index->offset(1) == MultiPackIndex::kNoOffset);
  CHECK_FALSE(index->Validate());
}

TEST_CASE("unsorted ids are damage") {
  std::vector<Chunk> chunks = Chunks();
  chunks[1].content = Fanout(2);
  chunks[2].content = std::string(40, '\0');
  std::string bytes = Build(chunks);
  Result<MultiPackIndex> index = MultiPackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK_FALSE(index->Validate());
}

TEST_CASE("a missing, doubled or short chunk is damage") {
  for (size_t i = 0; i < 4; ++i) {
    std::vector<Chunk> chunks = Chunks();
    chunks.erase(chunks.begin() + static_cast<ptrdiff_t>(i));
    CHECK(KindOf(Build(chunks)) == ErrorKind::kDamaged);
    chunks = Chunks();
    chunks.push_back(chunks[i]);
    CHECK(KindOf(Build(chunks)) == ErrorKind::kDamaged);
    chunks = Chunks();
    chunks[i].content.resize(chunks[i].content.size() - 4);
    if (i > 0) {  // the names end in padding
      CHECK(KindOf(Build(chunks)) == ErrorKind::kDamaged);
    }
  }
}

TEST_CASE("too few pack names, or names with a folder, are damage") {
  CHECK(KindOf(Build(Chunks(), std::string("MIDX\1\1", 6), 4)) ==
        ErrorKind::kDamaged);
  std::vector<Chunk> chunks = Chunks();
  chunks[0].content[4] = '/';
  CHECK(KindOf(Build(chunks)) == ErrorKind::kDamaged);
}

TEST_CASE("another version, SHA-256 or an incremental chain is unsupported") {
  CHECK(KindOf(Build(Chunks(), std::string("MIDX\2\1", 6))) ==
        ErrorKind::kUnsupported);
  CHECK(KindOf(Build(Chunks(), std::string("MIDX\1\2", 6))) ==
        ErrorKind::kUnsupported);
  CHECK(KindOf(Build(Chunks(), std::string("MIDX\1\1", 6), 2, '\1')) ==
        ErrorKind::kUnsupported);
}

TEST_CASE("a truncated multi-pack-index never passes") {
  std::string bytes = Build(Chunks());
  for (size_t size = 0; size < bytes.size(); ++size) {
    Result<MultiPackIndex> index =
        MultiPackIndex::Parse(std::string_view(bytes).substr(0, size));
    CHECK_FALSE((index && index->VerifyChecksum()));
  }
}

TEST_CASE("chunk starts that lie out of bounds or go down are damage") {
  for (size_t row = 0; row < 6; ++row) {
    std::string bytes = Build(Chunks());
    bytes[12 + row * 12 + 4] = '\x7f';
    CHECK(KindOf(bytes) == ErrorKind::kDamaged);
  }
}

}  // namespace keysift
