// SPDX-License-Identifier: Apache-2.0
#include "git/pack_walker.h"

#include <doctest/doctest.h>

#include <random>
#include <set>

#include "git/object_reader.h"
#include "support/pack_builder.h"
#include "support/stored_objects.h"

namespace keysift {
namespace {

// Checks each visit against what the visitor itself kept by slot, and collects
// the objects.
class Collector : public ObjectVisitor {
 public:
  explicit Collector(const PackFile* pack) : pack_(pack) {}

  void Visit(const WalkedObject& object) override {
    const std::string hex = pack_->id(object.entry).ToHex();
    CHECK(objects.count(hex) == 0);
    objects[hex] = {ObjectTypeName(object.type), std::string(object.content)};
    if (object.map != nullptr) {
      CheckMap(object);
    }
    kept_[object.slot] = object.content;
    with_children += object.has_children ? 1 : 0;
    slots.insert(object.slot);
  }
  void Lost(uint32_t entry, const Error& error) override {
    lost[pack_->id(entry).ToHex()] = error.message;
  }

  StoredObjects objects;
  std::map<std::string, std::string> lost;
  std::set<uint32_t> slots;
  int maps = 0;
  int with_children = 0;

 private:
  void CheckMap(const WalkedObject& object) {
    ++maps;
    const CopyMap& map = *object.map;
    CHECK(kept_[object.base_slot] == object.base_content);
    CHECK(object.base_slot != object.slot);
    CHECK(map.base_size == object.base_content.size());
    CHECK(map.size == object.content.size());
    uint64_t at = 0;
    for (uint64_t i = 0; i < map.count; ++i) {
      const CopyRun& run = map.runs[i];
      CHECK(run.begin >= at);
      CHECK(run.size > 0);
      at = run.end();
      CHECK(object.content.substr(run.begin, run.size) ==
            object.base_content.substr(run.base_begin, run.size));
    }
    CHECK(at <= object.content.size());
  }

  const PackFile* pack_;
  std::map<uint32_t, std::string> kept_;
};

// Walks all trees of all packs; nothing may be lost.
StoredObjects WalkAll(const ObjectStore& store, PackWalker::Limits limits,
                      int* maps = nullptr) {
  ObjectReader reader(&store, UINT64_MAX);
  PackWalker walker(limits, [&](const ObjectId& id, Buffer* content) {
    return reader.Read(id, content);
  });
  StoredObjects all;
  for (const ObjectStore::Pack& pack : store.packs()) {
    Collector collector(&pack.file);
    for (const PackForest::Tree& tree : pack.forest.trees()) {
      walker.Walk(pack.file, pack.forest, tree, &collector);
    }
    CHECK(collector.lost.empty());
    all.merge(collector.objects);
    if (maps != nullptr) {
      *maps += collector.maps;
    }
  }
  return all;
}

// The only pack of hand-written objects.
ObjectStore StoreOf(const PackBuilder& builder, const TemporaryFolder& folder) {
  std::vector<PackProblem> problems;
  return ObjectStore::Open({builder.Write(folder.path(), "p")}, {}, 1,
                           &problems);
}

Collector Walk(const ObjectStore& store, PackWalker::Limits limits = {},
               size_t pack_number = 0) {
  ObjectReader reader(&store, limits.max_object_size);
  PackWalker walker(limits, [&](const ObjectId& id, Buffer* content) {
    return reader.Read(id, content);
  });
  const ObjectStore::Pack& pack = store.packs()[pack_number];
  Collector collector(&pack.file);
  for (const PackForest::Tree& tree : pack.forest.trees()) {
    walker.Walk(pack.file, pack.forest, tree, &collector);
  }
  return collector;
}

// A random tree of deltas over random texts, with the objects in it.
StoredObjects RandomTree(std::mt19937* random, PackBuilder* builder,
                         size_t count) {
  StoredObjects objects;
  std::vector<std::string> texts;
  for (size_t i = 0; i < count; ++i) {
    const std::string news =
        "#" + std::to_string(i) + std::string((*random)() % 50, '.');
    std::string text = news;
    if (i == 0) {
      text += std::string(300, 'r');
      builder->AddBlob(text);
    } else {
      const size_t base = (*random)() % 3 == 0 ? (*random)() % i : i - 1;
      const std::string& from = texts[base];
      const size_t begin = (*random)() % from.size();
      const size_t size = 1 + (*random)() % (from.size() - begin);
      text += from.substr(begin, size);
      builder->AddOffsetDelta(base,
                              DeltaBuilder(from.size(), text.size())
                                  .Insert(news)
                                  .Copy(begin, size)
                                  .bytes(),
                              PackBuilder::IdOf("blob", text));
    }
    texts.push_back(text);
    objects[ObjectId::FromRaw(PackBuilder::IdOf("blob", text)).ToHex()] = {
        "blob", text};
  }
  return objects;
}

}  // namespace

TEST_CASE("a walk gives every packed object as git does") {
  for (const char* base_offset : {"true", "false"}) {
    GitFixture fixture;
    WriteHistory(fixture, 40);
    fixture.Git({"-c", std::string("repack.useDeltaBaseOffset=") + base_offset,
                 "repack", "-q", "-a", "-d", "-f", "--depth=50"});
    std::vector<PackProblem> problems;
    const ObjectStore store = OpenStore(fixture, &problems);
    CHECK(problems.empty());
    int maps = 0;
    const StoredObjects walked = WalkAll(store, {}, &maps);
    CHECK(walked == ObjectsByGit(fixture));
    CHECK(maps > 40);
  }
}

TEST_CASE("random trees come out the same with any budget of memory") {
  std::mt19937 random(3);
  for (int round = 0; round < 30; ++round) {
    TemporaryFolder folder;
    PackBuilder builder;
    const StoredObjects expected = RandomTree(&random, &builder, 60);
    const ObjectStore store = StoreOf(builder, folder);
    for (uint64_t memory : {uint64_t{0}, uint64_t{1000}, uint64_t{1} << 30}) {
      const Collector walked = Walk(store, {UINT64_MAX, memory});
      CHECK(walked.objects == expected);
      CHECK(walked.lost.empty());
    }
  }
}

TEST_CASE("a chain of 20,000 needs two slots and little memory") {
  TemporaryFolder folder;
  PackBuilder builder;
  std::string text(1000, 'x');
  builder.AddBlob(text);
  for (size_t i = 1; i < 20000; ++i) {
    const std::string news = std::to_string(i);
    const std::string next = news + text.substr(0, 990);
    builder.AddOffsetDelta(i - 1,
                           DeltaBuilder(text.size(), next.size())
                               .Insert(news)
                               .Copy(0, 990)
                               .bytes(),
                           PackBuilder::IdOf("blob", next));
    text = next;
  }
  const ObjectStore store = StoreOf(builder, folder);
  const Collector walked = Walk(store, {UINT64_MAX, 0});
  CHECK(walked.objects.size() == 20000);
  CHECK(walked.slots.size() == 2);
}

TEST_CASE("foreign bases, packed or loose, are fetched; the map is unknown") {
  GitFixture fixture;
  const std::string old_text = std::string(500, 'o') + "\n";
  fixture.Write("file", old_text);
  fixture.Commit("old");
  PackBuilder builder;
  const std::string first = old_text + "1";
  const std::string second = first + "2";
  const std::string third = second + "3";
  builder.AddRefDelta(PackBuilder::IdOf("blob", old_text),
                      DeltaBuilder(501, 502).Copy(0, 501).Insert("1").bytes(),
                      PackBuilder::IdOf("blob", first));
  builder.AddOffsetDelta(
      0, DeltaBuilder(502, 503).Copy(0, 502).Insert("2").bytes(),
      PackBuilder::IdOf("blob", second));
  builder.AddOffsetDelta(
      1, DeltaBuilder(503, 504).Copy(0, 503).Insert("3").bytes(),
      PackBuilder::IdOf("blob", third));
  builder.Write(fixture.git_dir() + "/objects/pack", "pack-thin");
  for (uint64_t memory : {uint64_t{0}, uint64_t{1} << 30}) {
    std::vector<PackProblem> problems;
    const ObjectStore store = OpenStore(fixture, &problems);
    CHECK(problems.empty());
    const size_t thin = store.packs().size() - 1;  // by name
    const Collector walked = Walk(store, {UINT64_MAX, memory}, thin);
    CHECK(walked.objects.size() == 3);
    CHECK(walked.maps == 2);
    const auto found = walked.objects.find(
        ObjectId::FromRaw(PackBuilder::IdOf("blob", third)).ToHex());
    REQUIRE(found != walked.objects.end());
    CHECK(found->second == StoredObject{"blob", third});
    fixture.Git({"repack", "-q", "-d"});
  }
}

TEST_CASE("a missing foreign base loses all that hangs on it") {
  TemporaryFolder folder;
  PackBuilder builder;
  const std::string delta = DeltaBuilder(4, 4).Copy(0, 4).bytes();
  builder.AddRefDelta(PackBuilder::IdOf("blob", "none"), delta,
                      PackBuilder::IdOf("blob", "1"));
  builder.AddOffsetDelta(0, delta, PackBuilder::IdOf("blob", "2"));
  const Collector walked = Walk(StoreOf(builder, folder));
  CHECK(walked.objects.empty());
  CHECK(walked.lost.size() == 2);
}

TEST_CASE("damage loses an object and what hangs on it, nothing else") {
  TemporaryFolder folder;
  PackBuilder builder;
  const std::string delta = DeltaBuilder(4, 5).Copy(0, 4).Insert("!").bytes();
  const std::string deeper = DeltaBuilder(5, 6).Copy(0, 5).Insert("!").bytes();
  builder.AddBlob("base");
  builder.AddOffsetDelta(0, delta, PackBuilder::IdOf("blob", "base!"));
  builder.AddOffsetDelta(1, deeper, PackBuilder::IdOf("blob", "base!!"));
  builder.AddOffsetDelta(0, DeltaBuilder(4, 5).Copy(0, 4).Insert("?").bytes(),
                         PackBuilder::IdOf("blob", "base?"));
  const std::string path = builder.Write(folder.path(), "p");
  std::string bytes = builder.Pack();
  bytes[builder.offset(2) - 2] ^= 1;  // in entry 1
  WriteWhole(path, bytes);
  std::vector<PackProblem> problems;
  const ObjectStore store = ObjectStore::Open({path}, {}, 1, &problems);
  const Collector walked = Walk(store);
  CHECK(walked.objects.size() == 2);
  CHECK(walked.lost.size() == 2);
}

TEST_CASE("a delta that does not fit its base, or a lying size, is lost") {
  TemporaryFolder folder;
  PackBuilder builder;
  builder.AddBlob("base");
  builder.AddOffsetDelta(0, DeltaBuilder(5, 1).Insert("x").bytes(),
                         PackBuilder::IdOf("blob", "1"));
  builder.Add("\x3f" + ZlibStream("fourteen bytes"),  // says 15
              PackBuilder::IdOf("blob", "2"));
  builder.Add("\x31" + ZlibStream("x") + "trailing",
              PackBuilder::IdOf("blob", "3"));
  builder.Add("\xbf\xff\xff\x7f" + ZlibStream("x"),  // says 32 MB
              PackBuilder::IdOf("blob", "4"));
  const Collector walked = Walk(StoreOf(builder, folder));
  CHECK(walked.objects.size() == 2);  // entry 3 too: its own bytes are sound
  CHECK(walked.lost.size() == 4);
}

TEST_CASE("an object over the limit is lost, smaller deltas of it too") {
  TemporaryFolder folder;
  PackBuilder builder;
  builder.AddBlob(std::string(100, 'x'));
  builder.AddOffsetDelta(0, DeltaBuilder(100, 5).Copy(0, 5).bytes(),
                         PackBuilder::IdOf("blob", "xxxxx"));
  builder.AddBlob("small");
  const Collector walked = Walk(StoreOf(builder, folder), {50, 1 << 20});
  CHECK(walked.objects.size() == 1);
  CHECK(walked.lost.size() == 2);
}

TEST_CASE("empty objects are objects") {
  TemporaryFolder folder;
  PackBuilder builder;
  builder.AddBlob("");
  builder.AddOffsetDelta(0, DeltaBuilder(0, 1).Insert("x").bytes(),
                         PackBuilder::IdOf("blob", "x"));
  builder.AddOffsetDelta(1, DeltaBuilder(1, 0).bytes(),
                         PackBuilder::IdOf("tree", ""));
  for (uint64_t memory : {uint64_t{0}, uint64_t{1} << 20}) {
    const Collector walked =
        Walk(StoreOf(builder, folder), {UINT64_MAX, memory});
    CHECK(walked.objects.size() == 3);
    CHECK(walked.lost.empty());
  }
}

}  // namespace keysift
