// SPDX-License-Identifier: Apache-2.0
#include "git/loose_object.h"

#include <doctest/doctest.h>

#include "support/git_fixture.h"
#include "support/zlib_stream.h"

namespace keysift {
namespace {

constexpr uint64_t kLimit = 1 << 20;

std::string Header(const std::string& text) { return text + '\0'; }

ErrorKind KindOf(const std::string& stream, uint64_t limit = kLimit) {
  Inflater inflater;
  Result<LooseObject> object = LooseObject::Parse(stream, limit, &inflater);
  REQUIRE_FALSE(object);
  return object.error().kind;
}

}  // namespace

TEST_CASE("every loose object of git is read as git cat-file gives it") {
  for (const char* level : {"0", "1", "9"}) {
    GitFixture fixture;
    fixture.Git({"config", "core.compression", level});
    fixture.Write("empty", "");
    fixture.Write("text", "some text\n");
    fixture.Write("large", std::string(300'000, 'x'));
    fixture.Commit("message");
    fixture.Git({"tag", "-a", "-m", "tagged", "v1"});
    Inflater inflater;
    for (const std::string& line : SplitLines(
             fixture.Git({"cat-file", "--batch-all-objects",
                          "--batch-check=%(objectname) %(objecttype)"}))) {
      ObjectId id = *ObjectId::FromHex(line.substr(0, 40));
      Result<LooseObject> object =
          LooseObject::Read(LooseObjectPath(fixture.git_dir() + "/objects", id),
                            kLimit, &inflater);
      REQUIRE(object);
      CHECK(ObjectTypeName(object->type()) == line.substr(41));
      CHECK(object->content() ==
            fixture.Git({"cat-file", line.substr(41), line.substr(0, 40)}));
      CHECK(object->computed_id() == id);
    }
  }
}

TEST_CASE("stored blocks, which a first look cannot see, are read") {
  Inflater inflater;
  std::string text(5000, 'x');
  std::string stream = ZlibStream(Header("blob 5000") + text, 0);
  Result<LooseObject> object = LooseObject::Parse(stream, 5000, &inflater);
  REQUIRE(object);
  CHECK(object->content() == text);
  CHECK(KindOf(stream, 4999) == ErrorKind::kTooLarge);
}

TEST_CASE("an object above the limit is too large") {
  std::string stream = ZlibStream(Header("blob 5000") + std::string(5000, 'x'));
  CHECK(KindOf(stream, 4999) == ErrorKind::kTooLarge);
  Inflater inflater;
  CHECK(LooseObject::Parse(stream, 5000, &inflater));
}

TEST_CASE("a stated size that the stream does not have is damage") {
  CHECK(KindOf(ZlibStream(Header("blob 4") + "12345")) == ErrorKind::kDamaged);
  CHECK(KindOf(ZlibStream(Header("blob 6") + "12345")) == ErrorKind::kDamaged);
  CHECK(KindOf(ZlibStream(Header("blob 4") + "12345", 0)) ==
        ErrorKind::kDamaged);
}

TEST_CASE("a size that no such file can hold is damage, not memory") {
  CHECK(KindOf(ZlibStream(Header("blob 999999999999") + "12345"), UINT64_MAX) ==
        ErrorKind::kDamaged);
}

TEST_CASE("a header that git would not write is damage") {
  for (const char* header :
       {"blob 05", "blob -5", "blob ", "blob", "5", "text 5", "blob 5x",
        "blob  5", "blob 99999999999999999999", ""}) {
    CAPTURE(header);
    CHECK(KindOf(ZlibStream(Header(header) + "12345")) == ErrorKind::kDamaged);
  }
}

TEST_CASE("bytes after the stream are damage") {
  CHECK(KindOf(ZlibStream(Header("blob 5") + "12345") + "x") ==
        ErrorKind::kDamaged);
}

TEST_CASE("a truncated loose object is damage at every length") {
  std::string stream = ZlibStream(Header("blob 5") + "12345");
  for (size_t size = 0; size < stream.size(); ++size) {
    CHECK(KindOf(stream.substr(0, size)) == ErrorKind::kDamaged);
  }
}

TEST_CASE("an error names the file") {
  TemporaryFolder folder;
  std::string path = folder.Write("object", "no stream");
  Inflater inflater;
  Result<LooseObject> object = LooseObject::Read(path, kLimit, &inflater);
  REQUIRE_FALSE(object);
  CHECK(object.error().where == path);
}

}  // namespace keysift
