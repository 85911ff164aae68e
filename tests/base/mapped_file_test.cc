// SPDX-License-Identifier: Apache-2.0
#include "base/mapped_file.h"

#include <doctest/doctest.h>

#include <utility>

#include "support/temporary_folder.h"

namespace keysift {

TEST_CASE("a file's bytes are mapped, and stay where they are over a move") {
  TemporaryFolder folder;
  Result<MappedFile> file = MappedFile::Open(folder.Write("a", "content"));
  REQUIRE(file);
  std::string_view before = file->bytes();
  MappedFile moved = std::move(*file);
  CHECK(moved.bytes() == "content");
  CHECK(moved.bytes().data() == before.data());
  CHECK(file->bytes().empty());
}

TEST_CASE("an empty file maps to no bytes") {
  TemporaryFolder folder;
  Result<MappedFile> file = MappedFile::Open(folder.Write("a", ""));
  REQUIRE(file);
  CHECK(file->bytes().empty());
}

TEST_CASE("what is missing or no file is not mapped") {
  TemporaryFolder folder;
  CHECK(MappedFile::Open(folder.path()).error().kind == ErrorKind::kIo);
  CHECK(MappedFile::Open(folder.path() + "/none").error().kind ==
        ErrorKind::kNotFound);
}

}  // namespace keysift
