// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temporary_folder.h"

namespace keysift {

TEST_CASE("a file is read whole, also one that is empty") {
  TemporaryFolder folder;
  CHECK(ReadFile(folder.Write("a", "some text"), 100) == "some text");
  CHECK(ReadFile(folder.Write("empty", ""), 0) == "");
}

TEST_CASE("a file at the limit is read and one above it is too large") {
  TemporaryFolder folder;
  std::string path = folder.Write("a", "12345");
  CHECK(ReadFile(path, 5) == "12345");
  CHECK(ReadFile(path, 4).error().kind == ErrorKind::kTooLarge);
  CHECK(ReadFile(path, 0).error().kind == ErrorKind::kTooLarge);
}

TEST_CASE("what is not there, no file or a FIFO is an error and no wait") {
  TemporaryFolder folder;
  std::string fifo = folder.path() + "/fifo";
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
  CHECK(ReadFile(fifo, 9).error().kind == ErrorKind::kIo);
  CHECK(ReadFile(folder.path(), 9).error().kind == ErrorKind::kIo);
  CHECK(ReadFile(folder.path() + "/none", 9).error().kind ==
        ErrorKind::kNotFound);
  std::string with_nul = folder.path() + std::string(1, '\0');
  CHECK(ReadFile(with_nul, 9).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("a directory is listed in byte order, links followed") {
  TemporaryFolder folder;
  folder.Write("b", "");
  folder.Write("a/file", "");
  REQUIRE(symlink("a", (folder.path() + "/link").c_str()) == 0);
  REQUIRE(symlink("none", (folder.path() + "/dangling").c_str()) == 0);
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(folder.path());
  REQUIRE(entries);
  REQUIRE(entries->size() == 4);
  CHECK((*entries)[0].type == FileType::kDirectory);
  CHECK((*entries)[1].type == FileType::kFile);
  CHECK((*entries)[2].name == "dangling");
  CHECK((*entries)[2].type == FileType::kNone);
  CHECK((*entries)[3].type == FileType::kDirectory);
  CHECK(IsSymbolicLink(folder.path() + "/dangling"));
  CHECK(ReadLink(folder.path() + "/dangling") == "none");
  CHECK(ListDirectory(folder.path() + "/none").error().kind ==
        ErrorKind::kNotFound);
}

TEST_CASE("paths are joined with one slash, absolute ones taken as they are") {
  CHECK(JoinPath("a", "b") == "a/b");
  CHECK(JoinPath("a/", "b") == "a/b");
  CHECK(JoinPath("a", "/b") == "/b");
  CHECK(JoinPath("", "b") == "b");
}

}  // namespace keysift
