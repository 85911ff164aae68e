// SPDX-License-Identifier: Apache-2.0
#include "git/pack_index.h"

#include <doctest/doctest.h>

#include <cstdio>

#include "base/file.h"
#include "base/sha.h"
#include "support/git_fixture.h"
#include "support/zlib_stream.h"

namespace keysift {
namespace {

std::string Raw(uint8_t first, uint8_t last) {
  std::string raw(ObjectId::kSize, '\0');
  raw.front() = static_cast<char>(first);
  raw.back() = static_cast<char>(last);
  return raw;
}

std::string Fanout(const std::vector<std::string>& ids) {
  std::string table;
  for (int first = 0; first < 256; ++first) {
    uint32_t count = 0;
    for (const std::string& id : ids) {
      count += static_cast<uint8_t>(id[0]) <= first ? 1 : 0;
    }
    table += Big32(count);
  }
  return table;
}

std::string WithTrailer(std::string body) {
  body += std::string(20, 'p');  // the pack's checksum
  for (uint8_t byte : Sha1Of(body)) {
    body += static_cast<char>(byte);
  }
  return body;
}

// A version 2 index of three objects, the last beyond 4 GiB.
std::string Version2(const std::vector<std::string>& ids, uint32_t large_row) {
  std::string body = "\377tOc" + Big32(2) + Fanout(ids);
  for (const std::string& id : ids) {
    body += id;
  }
  body += Big32(11) + Big32(22) + Big32(33);
  body += Big32(12) + Big32(0x7fffffff) + Big32(0x80000000 | large_row);
  return WithTrailer(body + Big64(0x123456789a));
}

const std::vector<std::string> kIds = {Raw(0, 1), Raw(7, 1), Raw(7, 2)};
constexpr size_t kFanoutAt2 = 8;

// The index of a repository's only pack.
std::string OnlyIndex(const GitFixture& fixture) {
  std::string folder = fixture.git_dir() + "/objects/pack";
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(folder);
  REQUIRE(entries);
  for (const DirectoryEntry& entry : *entries) {
    if (entry.name.ends_with(".idx")) {
      return folder + "/" + entry.name;
    }
  }
  return {};
}

void CompareWithGit(const char* version) {
  GitFixture fixture;
  for (int i = 0; i < 20; ++i) {
    fixture.Write("file", std::string(500, 'x') + std::to_string(i));
    fixture.Commit("c");
  }
  fixture.Git({"-c", std::string("pack.indexVersion=") + version, "repack",
               "-q", "-a", "-d"});
  std::string path = OnlyIndex(fixture);
  Result<PackIndex> index = PackIndex::Open(path);
  REQUIRE(index);
  CHECK(index->Validate());
  CHECK(index->VerifyChecksum());
  // "offset id (crc)" lines.
  std::vector<std::string> lines =
      SplitLines(fixture.Git({"show-index"}, ReadWhole(path)));
  REQUIRE(index->count() == lines.size());
  for (uint32_t row = 0; row < index->count(); ++row) {
    std::string line = std::to_string(index->offset(row)) + " " +
                       index->object_id(row).ToHex();
    CHECK(lines[row].starts_with(line));
    CHECK(index->Find(index->object_id(row)) == row);
    if (index->crc32(row)) {
      char crc[16];
      std::snprintf(crc, sizeof crc, " (%08x)", *index->crc32(row));
      CHECK(lines[row] == line + crc);
    }
  }
  CHECK(index->version() == version[0] - '0');
}

}  // namespace

TEST_CASE("git's version 2 index is read as git show-index shows it") {
  CompareWithGit("2");
}

TEST_CASE("git's version 1 index is read as git show-index shows it") {
  CompareWithGit("1");
}

TEST_CASE("offsets beyond 2 GiB come from the table of large offsets") {
  std::string bytes = Version2(kIds, 0);
  Result<PackIndex> index = PackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK(index->offset(1) == 0x7fffffff);
  CHECK(index->offset(2) == 0x123456789a);
  CHECK(index->crc32(2) == 33u);
  CHECK(index->pack_checksum() == std::string(20, 'p'));
  CHECK(index->Find(ObjectId::FromRaw(kIds[2])) == 2u);
  CHECK_FALSE(index->Find(ObjectId::FromRaw(Raw(7, 9))));
  CHECK_FALSE(index->Find(ObjectId::FromRaw(Raw(255, 0))));
}

TEST_CASE("an offset outside of the table of large offsets is damage") {
  std::string bytes = Version2(kIds, 1);
  Result<PackIndex> index = PackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK(index->offset(2) == PackIndex::kNoOffset);
  CHECK(index->Validate().error().kind == ErrorKind::kDamaged);
}

TEST_CASE("unsorted, doubled and misfiled ids are damage") {
  for (const std::vector<std::string>& ids :
       {std::vector<std::string>{Raw(0, 1), Raw(7, 2), Raw(7, 1)},
        std::vector<std::string>{Raw(0, 1), Raw(7, 1), Raw(7, 1)}}) {
    std::string bytes = Version2(ids, 0);
    Result<PackIndex> index = PackIndex::Parse(bytes);
    REQUIRE(index);
    CHECK(index->Validate().error().kind == ErrorKind::kDamaged);
  }
  std::string bytes = Version2(kIds, 0);
  bytes[kFanoutAt2 + 1024] = 5;  // the first byte of the first id
  Result<PackIndex> index = PackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK(index->Validate().error().kind == ErrorKind::kDamaged);
}

TEST_CASE("a fan-out table that goes down is damage") {
  std::string bytes = Version2(kIds, 0);
  bytes[kFanoutAt2 + 3] = 9;
  CHECK(PackIndex::Parse(bytes).error().kind == ErrorKind::kDamaged);
}

TEST_CASE("an object count that does not fit the size is damage") {
  std::string bytes = Version2(kIds, 0);
  bytes[kFanoutAt2 + 1023] = 4;
  CHECK(PackIndex::Parse(bytes).error().kind == ErrorKind::kDamaged);
  bytes[kFanoutAt2 + 1020] = '\x7f';  // two thousand million objects
  CHECK(PackIndex::Parse(bytes).error().kind == ErrorKind::kDamaged);
}

TEST_CASE("a truncated index is damage at every length") {
  std::string bytes = Version2(kIds, 0);
  for (size_t size = 0; size < bytes.size(); ++size) {
    Result<PackIndex> index =
        PackIndex::Parse(std::string_view(bytes).substr(0, size));
    // Without its large offsets it still has a shape: the checksum tells.
    CHECK_FALSE((index && index->VerifyChecksum() && index->Validate()));
  }
}

TEST_CASE("a wrong checksum is damage") {
  std::string bytes = Version2(kIds, 0);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  Result<PackIndex> index = PackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK(index->VerifyChecksum().error().kind == ErrorKind::kDamaged);
}

TEST_CASE("a later version is unsupported, and a missing file not found") {
  std::string bytes = Version2(kIds, 0);
  bytes[7] = 3;
  CHECK(PackIndex::Parse(bytes).error().kind == ErrorKind::kUnsupported);
  CHECK(PackIndex::Open("/no/such.idx").error().kind == ErrorKind::kNotFound);
}

TEST_CASE("an index of no objects is fine") {
  std::string bytes = WithTrailer("\377tOc" + Big32(2) + Fanout({}));
  Result<PackIndex> index = PackIndex::Parse(bytes);
  REQUIRE(index);
  CHECK(index->count() == 0);
  CHECK(index->Validate());
  CHECK_FALSE(index->Find(ObjectId{}));
}

}  // namespace keysift
