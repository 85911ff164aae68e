// SPDX-License-Identifier: Apache-2.0
#include "git/index_file.h"

#include <doctest/doctest.h>

#include "base/sha.h"
#include "support/git_fixture.h"
#include "support/staged_files.h"
#include "support/zlib_stream.h"

namespace keysift {
namespace {

// One entry by hand: mode 100644, an id of 'i's.
std::string Entry(const std::string& path, uint16_t flags = 0,
                  uint32_t mode = 0100644) {
  std::string entry(24, '\0');
  entry += Big32(mode) + std::string(12, '\0') + std::string(20, 'i');
  entry += Big16(static_cast<uint16_t>(flags | path.size())) + path;
  entry += std::string(8 - entry.size() % 8, '\0');
  return entry;
}

std::string Index(uint32_t count, const std::string& rest,
                  uint32_t version = 2) {
  std::string bytes = "DIRC" + Big32(version) + Big32(count) + rest;
  for (uint8_t byte : Sha1Of(bytes)) {
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

ErrorKind KindOf(const std::string& bytes) {
  Result<IndexFile> index = IndexFile::Parse(bytes);
  REQUIRE_FALSE(index);
  return index.error().kind;
}

}  // namespace

TEST_CASE("versions 2, 3 and 4 are read as git ls-files --stage shows them") {
  GitFixture fixture;
  WriteFiles(fixture, 300);
  fixture.Commit("c");
  for (const char* version : {"2", "4", "3"}) {
    fixture.Git(
        {"update-index", "--force-write-index", "--index-version", version});
    CompareWithGit(fixture);
  }
  // Version 3 is written only where it is needed.
  fixture.Write("announced", "content");
  fixture.Git({"add", "-N", "announced"});
  fixture.Git({"update-index", "--skip-worktree", "folder0/file0"});
  fixture.Git({"update-index", "--assume-unchanged", "folder0/file7"});
  for (uint32_t version : {3u, 4u}) {
    fixture.Git({"update-index", "--force-write-index", "--index-version",
                 std::to_string(version)});
    CompareWithGit(fixture);
    Result<IndexFile> index = IndexFile::Open(IndexPath(fixture), "");
    REQUIRE(index);
    CHECK(index->version() == version);
    int announced = 0;
    int skipped = 0;
    int assumed = 0;
    for (const IndexEntry& entry : index->entries()) {
      announced += entry.intent_to_add() && entry.path() == "announced";
      skipped += entry.skip_worktree() && entry.path() == "folder0/file0";
      assumed += entry.assume_valid() && entry.path() == "folder0/file7";
    }
    CHECK(announced == 1);
    CHECK(skipped == 1);
    CHECK(assumed == 1);
  }
}

TEST_CASE("the sides of an unresolved merge are there") {
  GitFixture fixture;
  fixture.Write("a", "base");
  fixture.Commit("base");
  fixture.Git({"checkout", "-q", "-b", "side"});
  fixture.Write("a", "side");
  fixture.Commit("side");
  fixture.Git({"checkout", "-q", "main"});
  fixture.Write("a", "main");
  fixture.Commit("main");
  CHECK(fixture.GitStatus({"merge", "-q", "side"}) != 0);
  CompareWithGit(fixture);
  Result<IndexFile> index = IndexFile::Open(IndexPath(fixture), "");
  REQUIRE(index);
  REQUIRE(index->entries().size() == 3);
  CHECK(index->entries()[2].stage() == 3);
}

TEST_CASE("a sparse index holds directories as git ls-files --sparse does") {
  GitFixture fixture;
  WriteFiles(fixture, 50);
  fixture.Commit("c");
  fixture.Git({"sparse-checkout", "init", "--cone", "--sparse-index"});
  fixture.Git({"sparse-checkout", "set", "folder1"});
  Result<IndexFile> index = IndexFile::Open(IndexPath(fixture), "");
  REQUIRE(index);
  CHECK(index->has_sparse_directories());
  int directories = 0;
  for (const IndexEntry& entry : index->entries()) {
    directories += entry.kind() == EntryKind::kTree ? 1 : 0;
  }
  CHECK(directories > 3);
  CompareWithGit(fixture, {"--sparse"});
}

TEST_CASE("an index without hash (index.skipHash) is read") {
  std::string bytes = Index(1, Entry("a"));
  bytes.replace(bytes.size() - 20, 20, 20, '\0');
  CHECK(IndexFile::Parse(bytes));
}

TEST_CASE("a wrong checksum is damage") {
  std::string bytes = Index(1, Entry("a"));
  REQUIRE(IndexFile::Parse(bytes));
  bytes[50] = static_cast<char>(bytes[50] ^ 1);
  CHECK(KindOf(bytes) == ErrorKind::kDamaged);
}

TEST_CASE("more entries than the file can hold are damage") {
  CHECK(KindOf(Index(2, Entry("a"))) == ErrorKind::kDamaged);
  CHECK(KindOf(Index(0xffffffff, Entry("a"))) == ErrorKind::kDamaged);
}

TEST_CASE("unsorted, doubled and empty paths are damage") {
  CHECK(KindOf(Index(2, Entry("b") + Entry("a"))) == ErrorKind::kDamaged);
  CHECK(KindOf(Index(2, Entry("a") + Entry("a"))) == ErrorKind::kDamaged);
  CHECK(KindOf(Index(1, Entry(""))) == ErrorKind::kDamaged);
  CHECK(IndexFile::Parse(Index(2, Entry("a", 0x1000) + Entry("a", 0x2000))));
}

TEST_CASE("a path of another length than stated is damage") {
  std::string entry = Entry("abcd");
  entry[61] = 3;
  CHECK(KindOf(Index(1, entry)) == ErrorKind::kDamaged);
  entry[61] = 5;
  CHECK(KindOf(Index(1, entry)) == ErrorKind::kDamaged);
}

TEST_CASE("extended flags in version 2 are damage") {
  CHECK(KindOf(Index(1, Entry("a", 0x4000))) == ErrorKind::kDamaged);
}

TEST_CASE("an unknown optional extension is passed over, a required not") {
  std::string entry = Entry("a");
  CHECK(IndexFile::Parse(Index(1, entry + "XYZW" + Big32(3) + "abc")));
  CHECK(KindOf(Index(1, entry + "xyzw" + Big32(0))) == ErrorKind::kUnsupported);
  CHECK(KindOf(Index(1, entry + "XYZW" + Big32(4) + "abc")) ==
        ErrorKind::kDamaged);
}

TEST_CASE("a later version is unsupported, a missing index not found") {
  CHECK(KindOf(Index(0, "", 5)) == ErrorKind::kUnsupported);
  CHECK(KindOf(Index(0, "", 1)) == ErrorKind::kUnsupported);
  CHECK(IndexFile::Open("/no/such/index", "").error().kind ==
        ErrorKind::kNotFound);
}

TEST_CASE("a version 4 path that drops more than there is is damage") {
  std::string fixed = Entry("").substr(0, 62);
  std::string first = fixed + '\0' + "abc" + '\0';
  std::string good = fixed + '\1' + "d" + '\0';
  Result<IndexFile> index = IndexFile::Parse(Index(2, first + good, 4));
  REQUIRE(index);
  CHECK(index->entries()[1].path() == "abd");
  std::string bad = fixed + '\4' + "d" + '\0';
  CHECK(KindOf(Index(2, first + bad, 4)) == ErrorKind::kDamaged);
  std::string endless = fixed + std::string(12, '\xff') + "d" + '\0';
  CHECK(KindOf(Index(2, first + endless, 4)) == ErrorKind::kDamaged);
}

TEST_CASE("version 4 paths that unfold to gigabytes are too large") {
  std::string fixed = Entry("").substr(0, 62);
  std::string rest = fixed + '\0' + std::string(1 << 20, 'a') + '\0';
  // Each keeps the megabyte and adds a letter.
  for (int i = 0; i < 1100; ++i) {
    rest += fixed + '\0' + "a" + '\0';
  }
  CHECK(KindOf(Index(1101, rest, 4)) == ErrorKind::kTooLarge);
}

TEST_CASE("every truncation and every flipped byte is refused") {
  std::string bytes =
      Index(2, Entry("a") + Entry("b") + "TREE" + Big32(2) + "xy");
  REQUIRE(IndexFile::Parse(bytes));
  for (size_t at = 0; at < bytes.size(); ++at) {
    CHECK_FALSE(IndexFile::Parse(std::string_view(bytes).substr(0, at)));
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    CHECK_FALSE(IndexFile::Parse(flipped));
  }
}

}  // namespace keysift
