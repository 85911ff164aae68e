// SPDX-License-Identifier: Apache-2.0
#include "base/file_walk.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "support/temporary_folder.h"

namespace keysift {
namespace {

std::vector<std::string> Walk(const std::string& folder, int max_depth,
                              std::vector<Error>* problems) {
  std::vector<std::string> names;
  WalkFiles(
      folder, max_depth,
      [&names](const std::string& name) { names.push_back(name); }, problems);
  return names;
}

}  // namespace

TEST_CASE("all files are visited in order, with their path from the root") {
  TemporaryFolder folder;
  folder.Write("b", "");
  folder.Write("a/y/z", "");
  folder.Write("a/x", "");
  std::vector<Error> problems;
  CHECK(Walk(folder.path(), 9, &problems) ==
        std::vector<std::string>{"a/x", "a/y/z", "b"});
  CHECK(problems.empty());
}

TEST_CASE("folders that go round in a circle end in a problem") {
  TemporaryFolder folder;
  folder.Write("a/file", "");
  REQUIRE(symlink("..", (folder.path() + "/a/up").c_str()) == 0);
  std::vector<Error> problems;
  CHECK_FALSE(Walk(folder.path(), 5, &problems).empty());
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].kind == ErrorKind::kTooLarge);
}

TEST_CASE("a folder that is missing has no files") {
  std::vector<Error> problems;
  CHECK(Walk("/no/such/folder", 5, &problems).empty());
  CHECK(problems.empty());
}

}  // namespace keysift
