// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdio>

#include "git/index_file.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

// As `git ls-files --stage -z` shows it.
std::string Show(const IndexFile& index) {
  std::string shown;
  for (const IndexEntry& entry : index.entries()) {
    char mode[16];
    std::snprintf(mode, sizeof mode, "%06o ", entry.mode());
    shown += mode + entry.id().ToHex() + " " + std::to_string(entry.stage()) +
             "\t" + std::string(entry.path()) + '\0';
  }
  return shown;
}

std::string IndexPath(const GitFixture& fixture) {
  return fixture.git_dir() + "/index";
}

void CompareWithGit(const GitFixture& fixture,
                    const std::vector<std::string>& options = {}) {
  Result<IndexFile> index =
      IndexFile::Open(IndexPath(fixture), fixture.git_dir());
  if (!index) {
    FAIL(index.error().ToString());
  }
  std::vector<std::string> command = {"ls-files", "--stage", "-z"};
  command.insert(command.end(), options.begin(), options.end());
  CHECK(Show(*index) == fixture.Git(command));
}

void WriteFiles(const GitFixture& fixture, int count) {
  for (int i = 0; i < count; ++i) {
    fixture.Write(
        "folder" + std::to_string(i % 7) + "/file" + std::to_string(i),
        std::to_string(i));
  }
  fixture.Write(std::string(200, 'd') + "/" + std::string(200, 'e') + "/" +
                    std::string(200, 'f') + "/" + std::string(200, 'g') + "/" +
                    std::string(200, 'h'),
                "a deep one");
}

}  // namespace

TEST_CASE("a split index is joined: replaced, dropped and added entries") {
  GitFixture fixture;
  WriteFiles(fixture, 200);
  fixture.Commit("c");
  fixture.Git({"config", "splitIndex.maxPercentChange", "100"});
  fixture.Git({"update-index", "--split-index"});
  CompareWithGit(fixture);
  fixture.Write("folder1/file1", "changed");
  fixture.Write("folder2/file9", "changed too");
  fixture.Write("folder0/added", "new");
  fixture.Write("zzz", "new");
  fixture.Git({"rm", "-q", "--cached", "folder3/file3", "folder4/file11"});
  fixture.Git({"add", "folder1", "folder2", "folder0", "zzz"});
  Result<IndexFile> alone = IndexFile::Parse(ReadWhole(IndexPath(fixture)), "");
  REQUIRE_FALSE(alone);  // it is really split
  CHECK(alone.error().kind == ErrorKind::kUnsupported);
  CompareWithGit(fixture);
}

TEST_CASE("a split index whose shared half is gone or another is damage") {
  GitFixture fixture;
  fixture.Write("a", "content");
  fixture.Commit("c");
  fixture.Git({"update-index", "--split-index"});
  std::string shared;
  for (const std::string& line :
       SplitLines(fixture.Git({"rev-parse", "--shared-index-path"}))) {
    shared = fixture.path() + "/" + line;
  }
  std::string bytes = ReadWhole(shared);
  bytes[20] = static_cast<char>(bytes[20] ^ 1);
  WriteWhole(shared, bytes);
  CHECK(IndexFile::Open(IndexPath(fixture), fixture.git_dir()).error().kind ==
        ErrorKind::kDamaged);
  std::remove(shared.c_str());
  CHECK(IndexFile::Open(IndexPath(fixture), fixture.git_dir()).error().kind ==
        ErrorKind::kDamaged);
}

}  // namespace keysift
