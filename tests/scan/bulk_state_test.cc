// SPDX-License-Identifier: Apache-2.0
#include "scan/bulk_state.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"

namespace keysift {
namespace {

// A git directory without objects, which is enough to look at.
Repository MakeRepository(const std::string& path) {
  for (const char* part : {"objects/pack", "objects/info", "refs/heads"}) {
    std::filesystem::create_directories(path + "/" + part);
  }
  std::ofstream(path + "/HEAD") << "ref: refs/heads/main\n";
  std::ofstream(path + "/config")
      << "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";
  Result<Repository> repository = Repository::OpenExact(path);
  REQUIRE(repository);
  return std::move(*repository);
}

TEST_CASE("a state changes with refs, packs and what is borrowed") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/a.git";
  const Repository repository = MakeRepository(path);
  std::string last = StateOf(repository).fingerprint;
  CHECK(last.size() == 64);
  CHECK(StateOf(repository).fingerprint == last);
  const auto is_new = [&]() {
    const std::string before =
        std::exchange(last, StateOf(repository).fingerprint);
    return last != before;
  };
  std::ofstream(path + "/refs/heads/main") << std::string(40, 'a');
  CHECK(is_new());
  // The same size, and perhaps the same tick of the clock.
  std::ofstream(path + "/refs/heads/main") << std::string(40, 'b');
  CHECK(is_new());
  std::ofstream(path + "/objects/pack/pack-x.pack") << "12345";
  CHECK(is_new());
  CHECK(StateOf(repository).pack_bytes == 5);
  std::filesystem::create_directories(folder.path() + "/other");
  std::ofstream(path + "/objects/info/alternates") << "../../other\n";
  CHECK(is_new());
  std::ofstream(folder.path() + "/other/pack") << "1";
  CHECK(is_new());
  CHECK_FALSE(is_new());
}

TEST_CASE("a shard depends on the family only") {
  const TemporaryFolder folder;
  const Repository empty = MakeRepository(folder.path() + "/a.git");
  CHECK(FamilyOf(empty) == empty.common_dir());
  CHECK(ShardOf("family", 4) == ShardOf("family", 4));
  CHECK(ShardOf("family", 1) == 0);
}

TEST_CASE("repositories are found below a folder, links to them too") {
  const TemporaryFolder folder;
  MakeRepository(folder.path() + "/team/a.git");
  MakeRepository(folder.path() + "/b/.git");
  std::filesystem::create_directory_symlink("team", folder.path() + "/link");
  std::vector<Error> problems;
  CHECK(FindRepositories(folder.path(), &problems) ==
        std::vector<std::string>{"b", "team/a.git"});
  CHECK(problems.empty());
  const TemporaryFolder other;
  MakeRepository(other.path() + "/c.git");
  std::filesystem::create_directory_symlink(other.path() + "/c.git",
                                            folder.path() + "/team/c");
  std::filesystem::create_directory_symlink(other.path(),
                                            folder.path() + "/elsewhere");
  CHECK(FindRepositories(folder.path(), &problems) ==
        std::vector<std::string>{"b", "team/a.git", "team/c"});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].where == folder.path() + "/elsewhere");
  CHECK_FALSE(FindRepositories(folder.path() + "/none", &problems));
}

}  // namespace
}  // namespace keysift
