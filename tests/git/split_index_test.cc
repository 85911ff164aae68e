// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "git/index_file.h"
#include "support/git_fixture.h"
#include "support/staged_files.h"

namespace keysift {

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
