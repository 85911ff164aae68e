// SPDX-License-Identifier: Apache-2.0
#include "git/quoted_path.h"

#include <doctest/doctest.h>

namespace keysift {

using Paths = std::vector<std::string>;

TEST_CASE("plain and quoted paths are split at the separator") {
  CHECK(SplitPathList("/a:/b", ':') == Paths{"/a", "/b"});
  CHECK(SplitPathList("/a:\"/b:c\":/d", ':') == Paths{"/a", "/b:c", "/d"});
  CHECK(SplitPathList("/a\n# comment\n\n/b\n", '\n') == Paths{"/a", "/b"});
  CHECK(SplitPathList("", ':').empty());
}

TEST_CASE("escapes in quotes are undone") {
  CHECK(SplitPathList("\"\\303\\244\\t\\\"\\\\#\"", ':') ==
        Paths{"\xc3\xa4\t\"\\#"});
}

TEST_CASE("broken quotes count as plain text") {
  for (const char* text : {"\"/a", "\"/a\\", "\"/a\\q\"", "\"/a\\30\"",
                           "\"/a\"b", "\"/a\\400\""}) {
    CAPTURE(text);
    CHECK(SplitPathList(text, ':') == Paths{text});
  }
}

}  // namespace keysift
