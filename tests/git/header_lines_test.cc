// SPDX-License-Identifier: Apache-2.0
#include "git/header_lines.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("lines end at the first empty one, continued ones are passed over") {
  std::string text = "key value\nsig one\n two\n three\nlast\n\nmessage";
  HeaderLines lines(text);
  REQUIRE(lines.Next());
  CHECK(lines.key() == "key");
  CHECK(lines.value() == "value");
  REQUIRE(lines.Next());
  CHECK(lines.key() == "sig");
  REQUIRE(lines.Next());
  CHECK(lines.key() == "last");
  CHECK(lines.value().empty());
  CHECK_FALSE(lines.Next());
  CHECK(text.substr(lines.message_offset()) == "message");
}

TEST_CASE("a head without an empty line has no message") {
  std::string text = "key value";
  HeaderLines lines(text);
  CHECK(lines.Next());
  CHECK_FALSE(lines.Next());
  CHECK(lines.message_offset() == text.size());
}

TEST_CASE("a summary is the first paragraph on one line") {
  CHECK(SummaryOf("\n  one \ntwo\n\nthree") == "one two");
  CHECK(SummaryOf("one\r\n\r\ntwo") == "one");
  CHECK(SummaryOf("") == "");
  CHECK(SummaryOf("\n\n") == "");
}

}  // namespace keysift
