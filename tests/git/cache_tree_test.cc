// SPDX-License-Identifier: Apache-2.0
#include "git/cache_tree.h"

#include <doctest/doctest.h>

#include "git/index_file.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

std::string Row(const std::string& name, const std::string& numbers) {
  return name + '\0' + numbers + '\n';
}

const std::string kId(20, 'i');

}  // namespace

TEST_CASE("after a commit the root and its folders are HEAD's trees") {
  GitFixture fixture;
  fixture.Write("a/b/file", "1");
  fixture.Write("c/file", "2");
  fixture.Commit("c");
  Result<IndexFile> index =
      IndexFile::Open(fixture.git_dir() + "/index", fixture.git_dir());
  REQUIRE(index);
  Result<std::vector<CachedTree>> trees = ParseCacheTree(index->cache_tree());
  REQUIRE(trees);
  REQUIRE(trees->size() == 4);
  const std::vector<CachedTree>& rows = *trees;
  CHECK(rows[0].id->ToHex() == fixture.GitLine({"rev-parse", "HEAD^{tree}"}));
  CHECK(rows[0].entry_count == 2);
  CHECK(rows[0].subtree_end == 4);
  CHECK(rows[1].name == "a");
  CHECK(rows[1].subtree_end == 3);
  CHECK(rows[2].id->ToHex() == fixture.GitLine({"rev-parse", "HEAD:a/b"}));
  CHECK(rows[3].name == "c");
}

TEST_CASE("what is staged voids the folders above it") {
  GitFixture fixture;
  fixture.Write("a/file", "1");
  fixture.Write("c/file", "2");
  fixture.Commit("c");
  fixture.Write("a/file", "changed");
  fixture.Git({"add", "a"});
  Result<IndexFile> index =
      IndexFile::Open(fixture.git_dir() + "/index", fixture.git_dir());
  REQUIRE(index);
  Result<std::vector<CachedTree>> trees = ParseCacheTree(index->cache_tree());
  REQUIRE(trees);
  REQUIRE(trees->size() == 3);
  CHECK_FALSE((*trees)[0].id);
  CHECK_FALSE((*trees)[1].id);
  CHECK((*trees)[2].id);
}

TEST_CASE("a cache tree that ends early or goes on is damage") {
  std::string good = Row("", "2 1") + kId + Row("a", "-1 0");
  REQUIRE(ParseCacheTree(good));
  for (size_t size = 0; size < good.size(); ++size) {
    CHECK_FALSE(ParseCacheTree(std::string_view(good).substr(0, size)));
  }
  CHECK_FALSE(ParseCacheTree(good + "x"));
}

TEST_CASE("numbers that are none, negative or too large are damage") {
  for (const char* numbers :
       {"x 0", "1 x", "-2 0", "1 -1", " 0", "1 ", "99999999999 0", "1 9"}) {
    CAPTURE(numbers);
    CHECK_FALSE(ParseCacheTree(Row("", numbers) + kId));
  }
}

TEST_CASE("nesting without end is damage") {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) {
    bytes += Row("a", "-1 1");
  }
  CHECK_FALSE(ParseCacheTree(bytes));
}

}  // namespace keysift
