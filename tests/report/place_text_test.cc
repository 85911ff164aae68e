// SPDX-License-Identifier: Apache-2.0
#include "report/place_text.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

Location At(const char* kind, const char* path) {
  Location location;
  location.kind = kind;
  location.path = path;
  location.line = 3;
  location.column = 7;
  location.commit = "0123456789abcdef0123";
  location.blob = "fedcba9876543210fedc";
  return location;
}

}  // namespace

TEST_CASE("each kind of place reads as words") {
  CHECK(PlaceText(At("blob", "a/b.py")) == "a/b.py:3:7 in commit 0123456789ab");
  CHECK(PlaceText(At("blob", "")) ==
        "blob fedcba987654, line 3 in commit 0123456789ab");
  CHECK(PlaceText(At("file", "a")) == "a:3:7 (on disk)");
  CHECK(PlaceText(At("index", "a")) == "a:3:7 (staged)");
  CHECK(PlaceText(At("stdin", "")) ==
        "standard input, line 3 in commit 0123456789ab");
  CHECK(PlaceText(At("commit message", "")) ==
        "message of commit 0123456789ab, line 3");
  CHECK(ShortPlaceText(At("tag message", "")) ==
        "message of tag fedcba987654, line 3");
  CHECK(ShortPlaceText(At("file name", "x\n")) == "file name x\\n");
  Location member = At("blob", "a.zip");
  member.member = "in\x1bner";
  member.decoding = {"base64", "gzip"};
  CHECK(PlaceText(member) ==
        "a.zip, member in\\x1bner, line 3 (decoded: base64 gzip) in commit "
        "0123456789ab");
}

TEST_CASE("a report with room for one place shows what is there now") {
  Finding finding;
  finding.locations = {At("blob", "old"), At("index", "staged")};
  CHECK(MainLocation(finding).path == "staged");
  finding.locations.pop_back();
  CHECK(MainLocation(finding).path == "old");
}

}  // namespace keysift
