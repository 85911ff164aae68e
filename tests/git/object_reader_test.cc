// SPDX-License-Identifier: Apache-2.0
#include "git/object_reader.h"

#include <doctest/doctest.h>

#include "git/libgit2.h"
#include "git/repository.h"
#include "support/pack_builder.h"
#include "support/stored_objects.h"

namespace keysift {
namespace {

// Our reader = libgit2 = git cat-file, for every object.
void CompareReaders(const GitFixture& fixture) {
  std::vector<PackProblem> problems;
  const ObjectStore store = OpenStore(fixture, &problems);
  CHECK(problems.empty());
  ObjectReader reader(&store, UINT64_MAX);
  Result<Repository> repository = Repository::OpenExact(fixture.path());
  REQUIRE(repository);
  Result<Libgit2Repository> libgit2 = Libgit2Repository::Open(*repository);
  REQUIRE(libgit2);
  const StoredObjects by_git = ObjectsByGit(fixture);
  StoredObjects ours;
  StoredObjects theirs;
  Buffer content;
  for (const auto& [hex, expected] : by_git) {
    const ObjectId id = *ObjectId::FromHex(hex);
    Result<ObjectType> type = reader.Read(id, &content);
    REQUIRE(type);
    ours[hex] = {ObjectTypeName(*type), std::string(content.view())};
    Result<Libgit2Repository::Object> object = libgit2->ReadObject(id);
    REQUIRE(object);
    theirs[hex] = {ObjectTypeName(object->type), object->content};
  }
  CHECK(ours == by_git);
  CHECK(theirs == by_git);
}

ErrorKind KindOfRead(ObjectReader* reader, const std::string& id) {
  Buffer content;
  Result<ObjectType> read = reader->Read(ObjectId::FromRaw(id), &content);
  REQUIRE(!read);
  return read.error().kind;
}

}  // namespace

TEST_CASE("three readers agree on loose objects") {
  GitFixture fixture;
  WriteHistory(fixture, 12);
  CompareReaders(fixture);
}

TEST_CASE("three readers agree on every kind of pack") {
  const std::vector<std::vector<std::string>> options = {
      {"-c", "repack.useDeltaBaseOffset=true"},
      {"-c", "repack.useDeltaBaseOffset=false"},
      {"-c", "pack.indexVersion=1"},
      {"-c", "pack.compression=0"},
  };
  for (const std::vector<std::string>& option : options) {
    GitFixture fixture;
    WriteHistory(fixture, 25);
    std::vector<std::string> arguments = option;
    for (const char* more :
         {"repack", "-q", "-a", "-d", "-f", "--depth=40", "--window=50"}) {
      arguments.push_back(more);
    }
    fixture.Git(arguments);
    CompareReaders(fixture);
  }
}

TEST_CASE("three readers agree on many packs under a multi-pack-index") {
  GitFixture fixture;
  for (int i = 0; i < 4; ++i) {
    fixture.Write("file", std::string(300, 'x') + std::to_string(i));
    fixture.Commit("c");
    fixture.Git({"repack", "-q", "-d"});
  }
  fixture.Git({"multi-pack-index", "write"});
  fixture.Write("loose", "too");
  fixture.Commit("c");
  CompareReaders(fixture);
}

TEST_CASE("three readers agree on borrowed objects") {
  GitFixture lender;
  WriteHistory(lender, 8);
  GitFixture fixture;
  fixture.folder().Write("repository/.git/objects/info/alternates",
                         lender.git_dir() + "/objects\n");
  fixture.Write("own", "object");
  fixture.Commit("own");
  CompareReaders(fixture);
}

TEST_CASE("bases in other packs are found, up to eight links away") {
  TemporaryFolder folder;
  std::vector<std::string> packs;
  std::string text = "text";
  PackBuilder root;
  root.AddBlob(text);
  packs.push_back(root.Write(folder.path(), "p"));
  std::vector<std::string> ids;
  for (int i = 0; i < 10; ++i) {
    PackBuilder builder;
    const std::string next = text + std::to_string(i);
    ids.push_back(PackBuilder::IdOf("blob", next));
    builder.AddRefDelta(PackBuilder::IdOf("blob", text),
                        DeltaBuilder(text.size(), next.size())
                            .Copy(0, text.size())
                            .Insert(std::to_string(i))
                            .bytes(),
                        ids.back());
    packs.push_back(builder.Write(folder.path(), "p" + std::to_string(i)));
    text = next;
  }
  std::vector<PackProblem> problems;
  const ObjectStore store = ObjectStore::Open(packs, {}, 1, &problems);
  ObjectReader reader(&store, UINT64_MAX);
  Buffer content;
  REQUIRE(reader.Read(ObjectId::FromRaw(ids[7]), &content));
  CHECK(content.view() == "text01234567");
  CHECK(KindOfRead(&reader, ids[9]) == ErrorKind::kDamaged);
}

TEST_CASE("two packs whose deltas need each other end, as damage") {
  TemporaryFolder folder;
  const std::string one = PackBuilder::IdOf("blob", "1");
  const std::string two = PackBuilder::IdOf("blob", "2");
  const std::string delta = DeltaBuilder(1, 1).Copy(0, 1).bytes();
  PackBuilder first;
  first.AddRefDelta(two, delta, one);
  PackBuilder second;
  second.AddRefDelta(one, delta, two);
  std::vector<PackProblem> problems;
  const ObjectStore store = ObjectStore::Open(
      {first.Write(folder.path(), "1"), second.Write(folder.path(), "2")}, {},
      1, &problems);
  ObjectReader reader(&store, UINT64_MAX);
  CHECK(KindOfRead(&reader, one) == ErrorKind::kDamaged);
}

TEST_CASE("what cannot be read says why") {
  GitFixture fixture;
  fixture.Write("file", "content");
  fixture.Commit("c");
  const std::string hex = fixture.GitLine({"rev-parse", "HEAD:file"});
  const std::string path =
      fixture.git_dir() + "/objects/" + hex.substr(0, 2) + "/" + hex.substr(2);
  std::vector<PackProblem> problems;
  const ObjectStore store = OpenStore(fixture, &problems);
  const std::string id(ObjectId::FromHex(hex)->raw());
  ObjectReader small(&store, 6);
  CHECK(KindOfRead(&small, id) == ErrorKind::kTooLarge);
  ObjectReader reader(&store, UINT64_MAX);
  CHECK(KindOfRead(&reader, std::string(20, 'n')) == ErrorKind::kNotFound);
  WriteWhole(path, ZlibStream(std::string("blob 5\0other", 12)));
  CHECK(KindOfRead(&reader, id) == ErrorKind::kDamaged);
  WriteWhole(path, "no zlib");
  CHECK(KindOfRead(&reader, id) == ErrorKind::kDamaged);
}

TEST_CASE("a damaged entry of a pack says so, and its deltas do") {
  TemporaryFolder folder;
  PackBuilder builder;
  builder.AddBlob("base");
  builder.AddOffsetDelta(0, DeltaBuilder(4, 4).Copy(0, 4).bytes(),
                         PackBuilder::IdOf("blob", "2"));
  builder.Add("\x55" + ZlibStream("12345"), PackBuilder::IdOf("blob", "3"));
  const std::string path = builder.Write(folder.path(), "p");
  std::string bytes = builder.Pack();
  bytes[builder.offset(1) - 1] ^= 1;
  WriteWhole(path, bytes);
  std::vector<PackProblem> problems;
  const ObjectStore store = ObjectStore::Open({path}, {}, 1, &problems);
  ObjectReader reader(&store, UINT64_MAX);
  for (const char* text : {"base", "2", "3"}) {
    CHECK(KindOfRead(&reader, PackBuilder::IdOf("blob", text)) ==
          ErrorKind::kDamaged);
  }
}

}  // namespace keysift
