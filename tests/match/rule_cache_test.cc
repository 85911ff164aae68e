// SPDX-License-Identifier: Apache-2.0
#include "match/rule_cache.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace keysift {
namespace {

// A folder that is removed with all it holds.
struct Folder {
  Folder() {
    char name[] = "/tmp/keysift-cache-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  // The only file below `path`.
  std::string OnlyFile() const {
    std::string only;
    for (const std::filesystem::directory_entry& entry :
         std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) {
        CHECK(only.empty());
        only = entry.path();
      }
    }
    return only;
  }
  std::string path;
};

RuleSet OneRule(const std::string& hit) {
  RuleSet rules;
  rules.rules.resize(1);
  rules.rules[0].hits = {hit};
  return rules;
}

bool FromCache(const RuleSet& rules, const std::string& folder) {
  bool from_cache = false;
  Result<PatternDatabase> database = CompileRules(rules, folder, &from_cache);
  REQUIRE(database);
  CHECK(database->width() == 5);
  return from_cache;
}

}  // namespace

TEST_CASE("the second compilation comes from the cache") {
  Folder folder;
  std::string cache = folder.path + "/deep/keysift";
  CHECK_FALSE(FromCache(OneRule("abcde"), cache));
  CHECK(FromCache(OneRule("abcde"), cache));
  struct stat status = {};
  REQUIRE(stat(folder.OnlyFile().c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK_FALSE(FromCache(OneRule("abcdf"), cache));
}

TEST_CASE("a damaged cache is ignored and written anew") {
  Folder folder;
  CHECK_FALSE(FromCache(OneRule("abcde"), folder.path));
  std::string file = folder.OnlyFile();
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
  CHECK_FALSE(FromCache(OneRule("abcde"), folder.path));
  CHECK(FromCache(OneRule("abcde"), folder.path));
  std::ofstream(file) << "";
  CHECK_FALSE(FromCache(OneRule("abcde"), folder.path));
}

TEST_CASE("a cache that others may write is not trusted") {
  Folder folder;
  CHECK_FALSE(FromCache(OneRule("abcde"), folder.path));
  chmod(folder.OnlyFile().c_str(), 0666);
  CHECK_FALSE(FromCache(OneRule("abcde"), folder.path));
}

TEST_CASE("no cache folder, or one that cannot be made, is no failure") {
  CHECK_FALSE(FromCache(OneRule("abcde"), ""));
  CHECK_FALSE(FromCache(OneRule("abcde"), "/proc/none/keysift"));
}

TEST_CASE("the cache lies where XDG says") {
  setenv("XDG_CACHE_HOME", "/var/x", 1);
  CHECK(DefaultCacheDirectory() == "/var/x/keysift");
  setenv("XDG_CACHE_HOME", "not/absolute", 1);
  setenv("HOME", "/home/y", 1);
  CHECK(DefaultCacheDirectory() == "/home/y/.cache/keysift");
}

}  // namespace keysift
