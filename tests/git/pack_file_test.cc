// SPDX-License-Identifier: Apache-2.0
#include "git/pack_file.h"

#include <doctest/doctest.h>

#include "base/inflate.h"
#include "support/pack_builder.h"
#include "support/stored_objects.h"

namespace keysift {
namespace {

std::string OnlyPack(const GitFixture& fixture) {
  const ObjectDirectories all =
      ObjectDirectories::Find(fixture.git_dir() + "/objects");
  REQUIRE(all.directories()[0].packs.size() == 1);
  return all.directories()[0].packs[0].pack;
}

Result<PackFile> Open(const std::string& path,
                      std::vector<PackProblem>* problems) {
  Result<PackIndex> index =
      PackIndex::Open(path.substr(0, path.size() - 5) + ".idx");
  REQUIRE(index);
  // Without the index's own check, so that tests may write what they like.
  Result<PackFile> pack = PackFile::OpenClosed(path, std::move(*index));
  if (pack) {
    pack->ReadEntries(1, problems);
  }
  return pack;
}

// A pack of two blobs with these bytes of the file changed.
Result<PackFile> OpenChanged(size_t at, const std::string& bytes) {
  TemporaryFolder folder;
  PackBuilder pack;
  pack.AddBlob("one");
  pack.AddBlob("two");
  const std::string path = pack.Write(folder.path(), "p");
  std::string whole = pack.Pack();
  WriteWhole(path, whole.replace(at, bytes.size(), bytes));
  std::vector<PackProblem> problems;
  return Open(path, &problems);
}

// Opens what a builder wrote; it must open.
PackFile OpenBuilt(const PackBuilder& pack, std::vector<PackProblem>* problems,
                   const TemporaryFolder& folder) {
  Result<PackFile> opened = Open(pack.Write(folder.path(), "p"), problems);
  REQUIRE(opened);
  return std::move(*opened);
}

}  // namespace

TEST_CASE("entries are those that git verify-pack lists") {
  for (const char* base_offset : {"true", "false"}) {
    for (const char* version : {"1", "2"}) {
      GitFixture fixture;
      WriteHistory(fixture, 20);
      fixture.Git({"-c",
                   std::string("repack.useDeltaBaseOffset=") + base_offset,
                   "-c", std::string("pack.indexVersion=") + version, "repack",
                   "-q", "-a", "-d", "-f"});
      const std::string path = OnlyPack(fixture);
      std::vector<PackProblem> problems;
      Result<PackFile> pack = Open(path, &problems);
      REQUIRE(pack);
      CHECK(problems.empty());
      int checked = 0;
      for (const std::string& line : SplitLines(
               fixture.Git({"verify-pack", "-v",
                            path.substr(0, path.size() - 5) + ".idx"}))) {
        // "<id> <type> <size> <packed size> <offset> [<depth> <base>]"
        std::vector<std::string> words;
        for (size_t at = 0; at < line.size();) {
          const size_t end = std::min(line.find(' ', at), line.size());
          if (end > at) {
            words.push_back(line.substr(at, end - at));
          }
          at = end + 1;
        }
        const auto id = ObjectId::FromHex(words[0]);
        if (!id) {
          continue;
        }
        ++checked;
        const uint32_t number = pack->EntryOfRow(*pack->index().Find(*id));
        const PackEntry& entry = pack->entries()[number];
        CHECK(pack->id(number) == *id);
        CHECK(pack->CrcMatches(number));
        CHECK(std::to_string(entry.size) == words[2]);
        CHECK(std::to_string(entry.offset) == words[4]);
        CHECK(entry.header_size + pack->Packed(number).size() ==
              std::stoul(words[3]));
        if (words.size() == 7) {
          REQUIRE(entry.base < pack->count());
          CHECK(pack->id(entry.base).ToHex() == words[6]);
        } else {
          CHECK(entry.base == PackEntry::kNoBase);
          CHECK(ObjectTypeName(entry.type) == words[1]);
        }
      }
      CHECK(checked == static_cast<int>(pack->count()));
    }
  }
}

TEST_CASE("what is no pack, or another's, does not open") {
  CHECK(OpenChanged(0, "PACK"));
  CHECK(OpenChanged(0, "pack").error().kind == ErrorKind::kDamaged);
  CHECK(OpenChanged(4, Big32(3)));
  CHECK(OpenChanged(4, Big32(4)).error().kind == ErrorKind::kUnsupported);
  CHECK(OpenChanged(8, Big32(3)).error().kind == ErrorKind::kDamaged);
  CHECK(OpenChanged(40, "other").error().kind == ErrorKind::kDamaged);
  std::vector<PackProblem> problems;
  TemporaryFolder folder;
  PackBuilder pack;
  pack.AddBlob("one");
  const std::string path = pack.Write(folder.path(), "p");
  for (size_t size : {0u, 4u, 11u, 12u, 31u}) {
    WriteWhole(path, pack.Pack().substr(0, size));
    CHECK(Open(path, &problems).error().kind == ErrorKind::kDamaged);
  }
}

TEST_CASE("a ref-delta's base is found in the pack, before or after it") {
  TemporaryFolder folder;
  PackBuilder builder;
  const std::string base = PackBuilder::IdOf("blob", "base");
  const std::string delta = DeltaBuilder(4, 4).Copy(0, 4).bytes();
  builder.AddRefDelta(base, delta, PackBuilder::IdOf("blob", "a"));
  builder.AddBlob("base");
  builder.AddRefDelta(base, delta, PackBuilder::IdOf("blob", "b"));
  std::vector<PackProblem> problems;
  PackFile pack = OpenBuilt(builder, &problems, folder);
  CHECK(problems.empty());
  CHECK(pack.entries()[0].base == 1);
  CHECK(pack.entries()[2].base == 1);
}

TEST_CASE("a base that is not in the pack is foreign") {
  TemporaryFolder folder;
  PackBuilder builder;
  const std::string base = PackBuilder::IdOf("blob", "elsewhere");
  builder.AddRefDelta(base, DeltaBuilder(9, 3).Copy(0, 3).bytes(),
                      PackBuilder::IdOf("blob", "els"));
  std::vector<PackProblem> problems;
  PackFile pack = OpenBuilt(builder, &problems, folder);
  CHECK(problems.empty());
  CHECK(pack.entries()[0].base == PackEntry::kForeignBase);
  CHECK(pack.ForeignBase(0).raw() == base);
}

TEST_CASE("one bad entry is one problem, the others are there") {
  TemporaryFolder folder;
  PackBuilder builder;
  builder.AddBlob("sound");
  const std::vector<std::string> bad = {
      std::string("\x55") + ZlibStream("12345"),    // type 5
      std::string("\x05") + ZlibStream("12345"),    // type 0
      std::string(1, '\xb5'),                       // size cut off
      std::string(12, '\xff'),                      // size beyond 64 bits
      std::string("\x65\x03") + ZlibStream("1"),    // base in mid-entry
      std::string("\x65\xff\xff\xff\xff\x01"),      // base before the pack
      std::string("\x65") + std::string(1, '\0') +  // its own base
          ZlibStream("1"),
      std::string("\x75short"),  // a ref-delta's id cut off
  };
  for (size_t i = 0; i < bad.size(); ++i) {
    builder.Add(bad[i], PackBuilder::IdOf("blob", std::to_string(i)));
  }
  std::vector<PackProblem> problems;
  PackFile pack = OpenBuilt(builder, &problems, folder);
  CHECK(pack.entries()[0].base == PackEntry::kNoBase);
  REQUIRE(problems.size() == bad.size());
  for (size_t i = 0; i < bad.size(); ++i) {
    CHECK(pack.entries()[i + 1].base == PackEntry::kBroken);
    CHECK(problems[i].error.kind == ErrorKind::kDamaged);
    CHECK(problems[i].id->raw() ==
          PackBuilder::IdOf("blob", std::to_string(i)));
    CHECK(problems[i].offset == builder.offset(i + 1));
  }
}

TEST_CASE("bytes that the index leaves out at the start are a problem") {
  TemporaryFolder folder;
  PackBuilder builder;
  builder.AddBlob("hidden");
  builder.AddBlob("seen");
  PackBuilder shown;
  shown.AddBlob("seen");
  std::string pack = builder.Pack();
  pack.replace(8, 4, Big32(1));
  std::string index = shown.Index();
  index.replace(index.size() - 40, 20, pack.substr(pack.size() - 20));
  const size_t offsets = 8 + 1024 + 20 + 4;
  index.replace(offsets, 4, Big32(static_cast<uint32_t>(builder.offset(1))));
  WriteWhole(folder.path() + "/p.idx", index);
  WriteWhole(folder.path() + "/p.pack", pack);
  std::vector<PackProblem> problems;
  REQUIRE(Open(folder.path() + "/p.pack", &problems));
  REQUIRE(problems.size() == 1);
  CHECK(!problems[0].id);
}

TEST_CASE("two rows at one offset: no entry can be trusted to be whole") {
  TemporaryFolder folder;
  PackBuilder builder;
  builder.AddBlob("one");
  builder.AddBlob("two");
  std::string index = builder.Index();
  const size_t offsets = 8 + 1024 + 40 + 8;
  index.replace(offsets, 8, Big32(12) + Big32(12));
  WriteWhole(folder.path() + "/p.idx", index);
  WriteWhole(folder.path() + "/p.pack", builder.Pack());
  std::vector<PackProblem> problems;
  REQUIRE(Open(folder.path() + "/p.pack", &problems));
  CHECK(!problems.empty());
}

TEST_CASE("a changed byte is seen by its checksum") {
  TemporaryFolder folder;
  PackBuilder builder;
  builder.AddBlob("one");
  builder.AddBlob("two");
  const std::string path = builder.Write(folder.path(), "p");
  std::string bytes = builder.Pack();
  bytes[builder.offset(1) + 4] ^= 1;
  WriteWhole(path, bytes);
  std::vector<PackProblem> problems;
  Result<PackFile> pack = Open(path, &problems);
  REQUIRE(pack);
  CHECK(pack->CrcMatches(0));
  CHECK(!pack->CrcMatches(1));
}

}  // namespace keysift
