// SPDX-License-Identifier: Apache-2.0
#include "verify/json_object.h"

#include <doctest/doctest.h>

#include <string>

#include "verify/timestamp.h"

namespace keysift {
namespace {

TEST_CASE("top-level fields are read, nested ones skipped") {
  const std::string text =
      " {\"a\": \"x\\ny\", \"b\": {\"a\": [1, \"}\"]}, \"c\": -1.5e3} tail";
  const JsonObject object = ReadJsonObject(text);
  CHECK(object.valid);
  CHECK(object.complete);
  CHECK(object.fields.size() == 3);
  CHECK(object.Text("a") == "x\ny");
  CHECK(object.Find("b")->value == "{\"a\": [1, \"}\"]}");
  CHECK(object.Find("c")->value == "-1.5e3");
  CHECK(text.substr(object.size) == " tail");
}

TEST_CASE("text that ends early gives the fields so far") {
  const std::string whole = "{\"a\":\"x\",\"b\":\"yz\"}";
  for (size_t length = 1; length < whole.size(); ++length) {
    const JsonObject object = ReadJsonObject(whole.substr(0, length));
    CHECK(object.valid);
    CHECK_FALSE(object.complete);
  }
  CHECK(ReadJsonObject(whole.substr(0, 12)).Text("a") == "x");
}

TEST_CASE("what is no object is not valid") {
  for (const char* text : {"", "[]", "x", "{a:1}", "{\"a\" 1}"}) {
    CAPTURE(text);
    const JsonObject object = ReadJsonObject(text);
    CHECK_FALSE((object.valid && object.complete));
  }
}

TEST_CASE("escapes are undone, those beyond ASCII marked") {
  CHECK(UnescapeJson("a\\/b\\u003d\\u00e9\\\"") == "a/b=?\"");
  CHECK(UnescapeJson("\\u00") == "?");
}

TEST_CASE("times are written as RFC 3339") {
  CHECK(FormatTimestamp(0) == "1970-01-01T00:00:00Z");
  CHECK(FormatTimestamp(1893456000) == "2030-01-01T00:00:00Z");
  CHECK(FormatTimestamp(-1).empty());
  CHECK(FormatTimestamp(INT64_MAX).empty());
}

}  // namespace
}  // namespace keysift
