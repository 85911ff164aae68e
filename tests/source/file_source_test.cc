// SPDX-License-Identifier: Apache-2.0
#include "source/file_source.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace keysift {
namespace {

// Keeps what a source hands on.
struct Kept {
  std::map<std::string, std::string> texts;
  std::vector<SourceProblem> problems;

  SourceSink Sink() {
    SourceSink sink;
    sink.text = [this](const SourceText& text) {
      texts[text.path] = std::string(text.bytes);
    };
    sink.problem = [this](SourceProblem problem) {
      problems.push_back(std::move(problem));
    };
    return sink;
  }
};

TEST_CASE("files are handed on whole, with paths below the root") {
  const TemporaryFolder folder;
  folder.Write("a.txt", "one");
  folder.Write("b/c.txt", std::string("t\0o", 3));
  folder.Write("empty", "");
  Kept kept;
  REQUIRE(ReadDirectory(folder.path(), {}, kept.Sink()));
  CHECK(kept.texts ==
        std::map<std::string, std::string>{{"a.txt", "one"},
                                           {"b/c.txt", std::string("t\0o", 3)},
                                           {"empty", ""}});
  CHECK(kept.problems.empty());
}

TEST_CASE("links are not followed, special files not opened") {
  const TemporaryFolder outside;
  outside.Write("secret", "x");
  const TemporaryFolder folder;
  std::filesystem::create_symlink(outside.path() + "/secret",
                                  folder.path() + "/link");
  std::filesystem::create_directory_symlink(outside.path(),
                                            folder.path() + "/folder");
  std::filesystem::create_directory_symlink(folder.path(),
                                            folder.path() + "/loop");
  REQUIRE(mkfifo((folder.path() + "/fifo").c_str(), 0600) == 0);
  Kept kept;
  REQUIRE(ReadDirectory(folder.path(), {}, kept.Sink()));
  CHECK(kept.texts.empty());
  CHECK(kept.problems.empty());
}

TEST_CASE("a root that is a link is followed: the user named it") {
  const TemporaryFolder folder;
  folder.Write("real/a", "x");
  std::filesystem::create_directory_symlink("real", folder.path() + "/link");
  Kept kept;
  REQUIRE(ReadDirectory(folder.path() + "/link", {}, kept.Sink()));
  CHECK(kept.texts.count("a") == 1);
}

TEST_CASE("a file over the limit is a problem with its size") {
  const TemporaryFolder folder;
  folder.Write("large", "12345");
  folder.Write("small", "1234");
  FileSourceOptions options;
  options.max_file_size = 4;
  Kept kept;
  REQUIRE(ReadDirectory(folder.path(), options, kept.Sink()));
  CHECK(kept.texts.size() == 1);
  REQUIRE(kept.problems.size() == 1);
  CHECK(kept.problems[0].error.kind == ErrorKind::kTooLarge);
  CHECK(kept.problems[0].path == "large");
  CHECK(kept.problems[0].bytes == 5);
}

TEST_CASE("a folder that cannot be read is a problem") {
  if (geteuid() == 0) {
    return;  // root reads everything
  }
  const TemporaryFolder folder;
  folder.Write("closed/a", "x");
  std::filesystem::permissions(folder.path() + "/closed",
                               std::filesystem::perms::none);
  Kept kept;
  REQUIRE(ReadDirectory(folder.path(), {}, kept.Sink()));
  std::filesystem::permissions(folder.path() + "/closed",
                               std::filesystem::perms::owner_all);
  REQUIRE(kept.problems.size() == 1);
  CHECK(kept.problems[0].path == "closed");
}

TEST_CASE("of a .git folder the objects are left to a repository's scan") {
  const TemporaryFolder folder;
  folder.Write(".git/HEAD", "ref: refs/heads/main");
  folder.Write(".git/config", "[remote]");
  folder.Write(".git/objects/ab/cdef", "x");
  Kept kept;
  REQUIRE(ReadDirectory(folder.path(), {}, kept.Sink()));
  CHECK(kept.texts.count(".git/config") == 1);
  CHECK(kept.texts.count(".git/objects/ab/cdef") == 0);
}

TEST_CASE("a missing root fails") {
  Kept kept;
  const Result<void> read = ReadDirectory("/no/such/folder", {}, kept.Sink());
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::kNotFound);
}

TEST_CASE("reading stops when asked") {
  const TemporaryFolder folder;
  folder.Write("a", "x");
  folder.Write("b", "x");
  Kept kept;
  SourceSink sink = kept.Sink();
  sink.stopped = [&kept] { return !kept.texts.empty(); };
  REQUIRE(ReadDirectory(folder.path(), {}, sink));
  CHECK(kept.texts.size() == 1);
}

}  // namespace
}  // namespace keysift
