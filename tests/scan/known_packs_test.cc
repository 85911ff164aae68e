// SPDX-License-Identifier: Apache-2.0
#include "scan/known_packs.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "support/pack_builder.h"
#include "support/temporary_folder.h"

namespace keysift {
namespace {

class Shelf {
 public:
  Shelf()
      : store_(*BulkStore::Open(folder_.path() + "/all.db",
                                Database::Mode::kCreate)) {
    builder_.AddBlob("some content");
    std::filesystem::create_directory(folder_.path() + "/one");
    path_ = builder_.Write(folder_.path() + "/one", "p");
  }

  PackFile Open(const std::string& path) const {
    const std::string index = path.substr(0, path.size() - 5) + ".idx";
    return std::move(
        *PackFile::OpenClosed(path, std::move(*PackIndex::Open(index))));
  }
  bool Knows(const std::string& path, const std::string& engine = "e") {
    KnownPacks known(&store_, &guard_, engine);
    const PackFile pack = Open(path);
    const bool found = known.Find(pack);
    CHECK(known.Take(pack).has_value() == found);
    CHECK_FALSE(known.Take(pack));
    return found;
  }
  void Keep(const std::string& engine = "e") {
    KnownPacks known(&store_, &guard_, engine);
    PackNotes notes;
    notes.objects = 1;
    notes.is_tree = notes.hashed = {false};
    notes.named = {0};
    known.Keep(Open(path_), notes);
    REQUIRE(known.kept().size() == 1);
    REQUIRE(ShelvePack(store_.database(), known.kept()[0]));
  }
  std::string Copy() {
    std::filesystem::copy(folder_.path() + "/one", folder_.path() + "/two");
    return folder_.path() + "/two/p.pack";
  }

  const std::string& path() const { return path_; }
  const Database& database() const { return store_.database(); }

 private:
  TemporaryFolder folder_;
  BulkStore store_;
  std::mutex guard_;
  PackBuilder builder_;
  std::string path_;
};

}  // namespace

TEST_CASE_FIXTURE(Shelf, "the same file is known, to the same engine") {
  CHECK_FALSE(Knows(path()));
  Keep();
  CHECK(Knows(path()));
  CHECK_FALSE(Knows(path(), "other rules"));
}

TEST_CASE_FIXTURE(Shelf, "a copy is known while the original is there") {
  Keep();
  const std::string copy = Copy();
  CHECK(Knows(copy));
  std::filesystem::remove(path());
  CHECK_FALSE(Knows(copy));
}

TEST_CASE_FIXTURE(Shelf, "a pack that only claims to be known is not") {
  Keep();
  const std::string copy = Copy();
  std::string bytes = ReadWhole(copy);
  bytes[bytes.size() - 25] ^= 1;  // before the checksum, which stays
  WriteWhole(copy, bytes);
  CHECK_FALSE(Knows(copy));
}

TEST_CASE_FIXTURE(Shelf, "a pack that was written anew in place is read") {
  Keep();
  std::filesystem::last_write_time(
      path(),
      std::filesystem::last_write_time(path()) + std::chrono::seconds(5));
  CHECK_FALSE(Knows(path()));
}

TEST_CASE_FIXTURE(Shelf, "damaged notes are none") {
  Keep();
  REQUIRE(database().Run("UPDATE pack SET notes = zeroblob(length(notes))"));
  CHECK_FALSE(Knows(path()));
}

}  // namespace keysift
