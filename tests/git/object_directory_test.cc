// SPDX-License-Identifier: Apache-2.0
#include "git/object_directory.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "git/pack_index.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

namespace fs = std::filesystem;

std::string Objects(const GitFixture& fixture) {
  return fixture.git_dir() + "/objects";
}

}  // namespace

TEST_CASE("packed and loose objects together are all that git lists") {
  GitFixture fixture;
  fixture.Write("packed", "1");
  fixture.Commit("packed");
  fixture.Git({"repack", "-q", "-a", "-d"});
  fixture.Write("loose", "2");
  fixture.Commit("loose");
  fixture.folder().Write("repository/.git/objects/ab/tmp_obj_123456", "x");
  fixture.folder().Write("repository/.git/objects/pack/tmp_pack_abc", "x");
  ObjectDirectories all = ObjectDirectories::Find(Objects(fixture));
  CHECK(all.problems().empty());
  REQUIRE(all.directories().size() == 1);
  const ObjectDirectory& directory = all.directories()[0];
  REQUIRE(directory.packs.size() == 1);
  std::vector<std::string> ids;
  Result<PackIndex> index = PackIndex::Open(directory.packs[0].index);
  REQUIRE(index);
  for (uint32_t row = 0; row < index->count(); ++row) {
    ids.push_back(index->object_id(row).ToHex());
  }
  for (const ObjectId& id : directory.loose) {
    ids.push_back(id.ToHex());
  }
  std::sort(ids.begin(), ids.end());
  CHECK(ids == SplitLines(fixture.Git({"cat-file", "--batch-all-objects",
                                       "--batch-check=%(objectname)"})));
  CHECK(ObjectDirectories::Find(Objects(fixture), {}, false)
            .directories()[0]
            .loose.empty());
}

TEST_CASE("a pack without index and an index without pack are problems") {
  GitFixture fixture;
  fixture.folder().Write("repository/.git/objects/pack/pack-a.pack", "");
  fixture.folder().Write("repository/.git/objects/pack/pack-b.idx", "");
  fixture.folder().Write("repository/.git/objects/pack/pack-c.promisor", "");
  fixture.folder().Write("repository/.git/objects/pack/pack-d.pack", "");
  fixture.folder().Write("repository/.git/objects/pack/pack-d.idx", "");
  fixture.folder().Write("repository/.git/objects/pack/pack-d.promisor", "");
  fixture.folder().Write("repository/.git/objects/pack/multi-pack-index", "");
  ObjectDirectories all = ObjectDirectories::Find(Objects(fixture));
  CHECK(all.problems().size() == 2);
  const ObjectDirectory& directory = all.directories()[0];
  REQUIRE(directory.packs.size() == 3);
  CHECK(directory.packs[0].index.empty());
  CHECK(directory.packs[1].pack.empty());
  CHECK(directory.packs[2].promisor);
  CHECK_FALSE(directory.multi_pack_index.empty());
}

TEST_CASE("alternates are followed: relative, quoted, nested, each once") {
  GitFixture one;
  GitFixture two;
  GitFixture three;
  std::string relative = fs::relative(Objects(two), Objects(one)).string();
  one.folder().Write("repository/.git/objects/info/alternates",
                     "# comment\n" + relative + "\n");
  two.folder().Write("repository/.git/objects/info/alternates",
                     "\"" + Objects(three) + "\"\n" + Objects(one) + "\n");
  ObjectDirectories all = ObjectDirectories::Find(Objects(one));
  CHECK(all.problems().empty());
  REQUIRE(all.directories().size() == 3);
  CHECK(all.directories()[1].path == Objects(two));
  CHECK(all.directories()[2].path == Objects(three));
}

TEST_CASE("an alternate that is missing is a problem that names both") {
  GitFixture fixture;
  fixture.folder().Write("repository/.git/objects/info/alternates",
                         "/no/such/objects\n");
  ObjectDirectories all = ObjectDirectories::Find(Objects(fixture));
  REQUIRE(all.problems().size() == 1);
  CHECK(all.problems()[0].ToString().find("/no/such/objects") !=
        std::string::npos);
  CHECK(all.problems()[0].where.ends_with("info/alternates"));
  CHECK(all.directories().size() == 1);
}

TEST_CASE("alternates nested deeper than five are a problem") {
  TemporaryFolder folder;
  for (int i = 0; i < 8; ++i) {
    folder.Write("o" + std::to_string(i) + "/info/alternates",
                 "../o" + std::to_string(i + 1) + "\n");
  }
  ObjectDirectories all = ObjectDirectories::Find(folder.path() + "/o0");
  CHECK(all.directories().size() == 6);
  CHECK(all.problems().size() == 1);
}

TEST_CASE("directories that the environment names come after the main one") {
  GitFixture one;
  GitFixture two;
  ObjectDirectories all =
      ObjectDirectories::Find(Objects(one), {Objects(two), "/none"});
  REQUIRE(all.directories().size() == 2);
  CHECK(all.directories()[1].path == Objects(two));
  CHECK(all.problems().size() == 1);
}

TEST_CASE("a folder that may not be read is a problem") {
  if (geteuid() == 0) {
    return;  // root may read everything
  }
  GitFixture fixture;
  fixture.folder().Write("repository/.git/objects/ab/x", "");
  fs::permissions(Objects(fixture) + "/ab", fs::perms::none);
  CHECK(ObjectDirectories::Find(Objects(fixture)).problems().size() == 1);
}

}  // namespace keysift
