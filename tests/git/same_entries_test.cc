// SPDX-License-Identifier: Apache-2.0
#include "git/same_entries.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <random>

#include "base/file.h"
#include "support/pack_builder.h"
#include "support/random_history.h"
#include "support/temporary_folder.h"

namespace keysift {
namespace {

std::string BlobId(std::string_view content) {
  return PackBuilder::IdOf("blob", content);
}

PackFile Open(const std::string& path) {
  const std::string index = path.substr(0, path.size() - 5) + ".idx";
  return std::move(
      *PackFile::OpenClosed(path, std::move(*PackIndex::Open(index))));
}

// Two packs, and what the second has of the first.
struct Two {
  TemporaryFolder folder;
  PackBuilder first;
  PackBuilder second;

  std::optional<SameEntries> Compare(uint64_t largest = UINT64_MAX) const {
    return FindSameEntries(Open(first.Write(folder.path(), "a")),
                           Open(second.Write(folder.path(), "b")), largest);
  }
};

// Content and a delta that makes `result` of it.
const std::string kBase(90, 'b');
const std::string kDelta =
    DeltaBuilder(90, 100).Copy(0, 90).Insert("0123456789").bytes();
const std::string kResult = kBase + "0123456789";

std::string OnlyPack(const std::string& git_dir) {
  for (const auto& entry :
       std::filesystem::directory_iterator(git_dir + "/objects/pack")) {
    if (entry.path().extension() == ".pack") {
      return entry.path();
    }
  }
  return "";
}

}  // namespace

TEST_CASE_FIXTURE(Two, "the same objects in another order, and new ones") {
  first.AddBlob("one");
  first.AddBlob("two");
  first.AddOffsetDelta(first.AddBlob(kBase), kDelta, BlobId(kResult));
  second.AddBlob("new");
  const size_t base = second.AddBlob(kBase);
  second.AddBlob("two");
  second.AddWhole(2, "", PackBuilder::IdOf("tree", ""));
  second.AddOffsetDelta(base, kDelta, BlobId(kResult));
  second.AddBlob("one");
  const std::optional<SameEntries> same = Compare();
  REQUIRE(same);
  const PackFile a = Open(folder.path() + "/a.pack");
  const PackFile b = Open(folder.path() + "/b.pack");
  REQUIRE(same->row_of.size() == 4);
  for (uint32_t row = 0; row < 4; ++row) {
    CHECK(b.index().id(same->row_of[row]) == a.index().id(row));
  }
  REQUIRE(same->others.size() == 2);
  for (const SameEntries::Other& other : same->others) {
    const bool is_new = b.index().id(other.row) == BlobId("new");
    CHECK(other.type == (is_new ? ObjectType::kBlob : ObjectType::kTree));
  }
}

TEST_CASE_FIXTURE(Two, "packed otherwise, but the same") {
  first.AddOffsetDelta(first.AddBlob(kBase), kDelta, BlobId(kResult));
  second.AddBlob(kResult);
  second.AddRefDelta(BlobId(kResult), DeltaBuilder(100, 90).Copy(0, 90).bytes(),
                     BlobId(kBase));
  CHECK(Compare());
  CHECK_FALSE(Compare(95));  // too large to look at
}

TEST_CASE_FIXTURE(Two, "an object that is lacking") {
  first.AddBlob("one");
  first.AddBlob("two");
  second.AddBlob("one");
  second.AddBlob("three");
  CHECK_FALSE(Compare());
}

TEST_CASE_FIXTURE(Two, "an index that gives objects each other's ids") {
  first.AddBlob("one");
  first.AddBlob("two");
  SUBCASE("whole") {
    second.AddWhole(3, "one", BlobId("two"));
    second.AddWhole(3, "two", BlobId("one"));
  }
  SUBCASE("of another type") {
    second.AddWhole(1, "one", BlobId("one"));
    second.AddBlob("two");
  }
  CHECK_FALSE(Compare());
}

TEST_CASE_FIXTURE(Two, "the same delta on another base") {
  const std::string other(90, 'x');
  const size_t base = first.AddBlob(kBase);
  first.AddBlob(other);
  const auto add = [&](PackBuilder* pack, size_t on) {
    pack->AddOffsetDelta(on, kDelta, BlobId(kResult));
  };
  add(&first, base);
  SUBCASE("that changed places with it") {
    const size_t first_one = second.AddBlob(other);
    second.AddBlob(kBase);
    add(&second, first_one);
  }
  SUBCASE("that lies between") {
    second.AddBlob(kBase);
    add(&second, second.AddBlob(other));
  }
  SUBCASE("that is new, and as far away") {
    // kBase, new, other, delta: its distance leads to "new".
    second.AddBlob(kBase);
    const size_t fresh = second.AddBlob(std::string(90, 'y'));
    second.AddBlob(other);
    add(&second, fresh);
  }
  SUBCASE("by its id") {
    second.AddBlob(kBase);
    second.AddBlob(other);
    second.AddRefDelta(BlobId(other), kDelta, BlobId(kResult));
  }
  CHECK_FALSE(Compare());
}

TEST_CASE_FIXTURE(Two, "bytes that are nobody's, and sums that are wrong") {
  first.AddBlob("one");
  const std::string entry = "\x33" + ZlibStream("new");
  SUBCASE("all well") {
    second.AddBlob("one");
    second.Add(entry, BlobId("new"));
    CHECK(Compare());
  }
  SUBCASE("behind an object that is new") {
    second.AddBlob("one");
    second.Add(entry + entry, BlobId("new"));
    CHECK_FALSE(Compare());
  }
  SUBCASE("behind a known one") {
    second.Add("\x33" + ZlibStream("one") + entry, BlobId("one"));
    CHECK_FALSE(Compare());
  }
  SUBCASE("a new object that does not unpack") {
    second.AddBlob("one");
    second.Add("\x3f" + ZlibStream("new"), BlobId("new"));
    CHECK_FALSE(Compare());
  }
}

TEST_CASE_FIXTURE(Two, "no byte of pack or index may change") {
  first.AddOffsetDelta(first.AddBlob(kBase), kDelta, BlobId(kResult));
  second.AddBlob("new");
  second.AddOffsetDelta(second.AddBlob(kBase), kDelta, BlobId(kResult));
  REQUIRE(Compare());
  const PackFile known = Open(folder.path() + "/a.pack");
  for (const char* kind : {".pack", ".idx"}) {
    const std::string path = folder.path() + "/b" + kind;
    const std::string bytes = ReadWhole(path);
    // (The pack's own trailer is compared with the index's.)
    for (size_t i = 0; i < bytes.size(); ++i) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ 16);
      WriteWhole(path, changed);
      Result<PackIndex> index = PackIndex::Open(folder.path() + "/b.idx");
      Result<PackFile> pack =
          index ? PackFile::OpenClosed(folder.path() + "/b.pack",
                                       std::move(*index))
                : Result<PackFile>(Fail(ErrorKind::kDamaged, ""));
      CAPTURE(kind);
      CAPTURE(i);
      CHECK_FALSE((pack && FindSameEntries(known, *pack, UINT64_MAX)));
    }
    WriteWhole(path, bytes);
  }
}

TEST_CASE("clones over a transport hold what their upstream's pack does") {
  for (uint32_t seed = 500; seed < 504; ++seed) {
    GitFixture upstream({"--bare"});
    const RandomHistory history(upstream, seed, 40);
    upstream.Git({"repack", "-q", "-a", "-d"});
    const PackFile known = Open(OnlyPack(upstream.git_dir()));
    upstream.Git({"commit-tree", "-m", "new", "HEAD^{tree}"});
    const std::string clone = upstream.folder().path() + "/clone.git";
    upstream.Git(
        {"clone", "-q", "--mirror", "--no-local", upstream.path(), clone});
    const PackFile pack = Open(OnlyPack(clone));
    const std::optional<SameEntries> same =
        FindSameEntries(known, pack, UINT64_MAX);
    REQUIRE(same);
    CHECK(same->row_of.size() + same->others.size() == pack.count());
  }
}

}  // namespace keysift
