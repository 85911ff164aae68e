// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "cli/bulk_answers.h"
#include "cli/bulk_progress.h"
#include "cli/bulk_targets.h"
#include "tests/support/temporary_folder.h"

namespace keysift {
namespace {

TEST_CASE("targets come from words, lists and folders, each name once") {
  const TemporaryFolder folder;
  for (const char* name : {"root/b.git", "root/team/c.git"}) {
    for (const char* part : {"objects", "refs"}) {
      std::filesystem::create_directories(folder.path() + "/" + name + "/" +
                                          part);
    }
    std::ofstream(folder.path() + "/" + name + "/HEAD") << "x";
  }
  std::ofstream(folder.path() + "/list") << "# none\n\nz=/srv/z\r\na/\n";
  std::vector<Error> problems;
  const Result<std::vector<BulkTarget>> targets = ListBulkTargets(
      {{"a", "a/"}, {folder.path() + "/list"}, {folder.path() + "/root"}},
      &problems);
  REQUIRE(targets);
  REQUIRE(targets->size() == 4);
  CHECK((*targets)[0].name == "a");
  CHECK((*targets)[1].name == "b.git");
  CHECK((*targets)[2].name == "team/c.git");
  CHECK((*targets)[3].path == "/srv/z");
  CHECK(problems.empty());
  CHECK_FALSE(ListBulkTargets({{}, {"/nonexistent"}, {}}, &problems));
}

TEST_CASE("progress says repositories, objects, rate and time left") {
  BulkProgress progress;
  progress.repositories = 300;
  progress.done = 12;
  progress.failed = 2;
  progress.objects = 1000;
  progress.bytes_packed = 100;
  progress.bytes_left = 300;
  CHECK(BulkProgressLine(progress, 10) ==
        "12 of 300 repositories, 1,000 objects (100/s), 2 failed, 30 s left");
}

TEST_CASE("answers have no control characters of a repository's name") {
  BulkStatus status;
  status.scans = 1;
  status.failures = {{"a\x1b[2J", "gone"}};
  CHECK(StatusText(status, false).find('\x1b') == std::string::npos);
  CHECK(StatusText(status, true).find("\"failures\"") != std::string::npos);
  CHECK(DiffText({{{"r", "f", "rule", true}}, 3}, false) ==
        "new   f  rule  r\n1 new, 0 gone, 3 unchanged\n");
  TimelineEntry entry;
  entry.repository = "r";
  entry.introduced = "2024-01-01T00:00:00Z";
  entry.refs = "[]";
  entry.state = "open";
  CHECK(TimelineText({entry}, false).find("account not known") == 0);
  CHECK(TimelineText({entry}, true).find("\"keys\"") != std::string::npos);
}

}  // namespace
}  // namespace keysift
