// SPDX-License-Identifier: Apache-2.0
#include "rule/regex_escape.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string_view>

namespace keysift {
namespace {

ByteSet Escape(std::string_view text) {
  RegexCursor cursor{text};
  Result<ByteSet> set = ParseEscape(&cursor);
  REQUIRE(set);
  CHECK(cursor.AtEnd());
  return *set;
}

ByteSet Class(std::string_view text, bool fold = false) {
  RegexCursor cursor{text};
  Result<ByteSet> set = ParseClass(&cursor, fold);
  REQUIRE(set);
  CHECK(cursor.AtEnd());
  return *set;
}

}  // namespace

TEST_CASE("escapes stand for their bytes") {
  CHECK(Escape("\\n") == OneByte('\n'));
  CHECK(Escape("\\x2d") == OneByte('-'));
  CHECK(Escape("\\x{2d}") == OneByte('-'));
  CHECK(Escape("\\055") == OneByte('-'));
  CHECK(Escape("\\0") == OneByte(0));
  CHECK(Escape("\\-") == OneByte('-'));
  CHECK(Escape("\\s") == SpaceBytes());
}

TEST_CASE("classes fold before they are negated") {
  CHECK(Class("[a]", true) == FoldAscii(OneByte('a')));
  CHECK(Class("[^a]", true) == ~FoldAscii(OneByte('a')));
  CHECK(Class("[a-c-e]") ==
        (ByteRange('a', 'c') | OneByte('-') | OneByte('e')));
  CHECK(Class("[[:space:]]") == SpaceBytes());
}

TEST_CASE("what the engines read differently is marked") {
  RegexCursor cursor{"\\s"};
  REQUIRE(ParseEscape(&cursor));
  CHECK(cursor.differs);
  RegexCursor plain{"\\d"};
  REQUIRE(ParseEscape(&plain));
  CHECK_FALSE(plain.differs);
}

}  // namespace keysift
