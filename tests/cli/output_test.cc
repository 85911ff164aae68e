// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/temporary_folder.h"

namespace keysift {
namespace {

std::string Content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST_CASE("a report replaces what was there, readable by its owner") {
  const TemporaryFolder folder;
  const std::string path = folder.Write("report", "old");
  std::filesystem::permissions(path, std::filesystem::perms(0644));
  REQUIRE(CheckOutput({path}));
  REQUIRE(WriteOutput({path}, "new"));
  CHECK(Content(path) == "new");
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  // Nothing is left beside it.
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) ==
        1);
}

TEST_CASE("links, folders and missing folders are refused beforehand") {
  const TemporaryFolder folder;
  folder.Write("file", "precious");
  std::filesystem::create_symlink("file", folder.path() + "/link");
  for (const char* name : {"/link", "", "/missing/report", "/file/report"}) {
    const OutputPath output{folder.path() + name};
    CAPTURE(output.path);
    CHECK_FALSE(CheckOutput(output));
    CHECK_FALSE(WriteOutput(output, "x"));
  }
  CHECK(Content(folder.path() + "/file") == "precious");
}

TEST_CASE("devices are written in place") {
  REQUIRE(CheckOutput({"/dev/null"}));
  REQUIRE(WriteOutput({"/dev/null"}, "x"));
  CHECK_FALSE(WriteOutput({"/dev/full"}, "x"));
}

}  // namespace
}  // namespace keysift
