// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("members of the wrong kind read as nothing") {
  const Json json =
      ParseJson(R"({"t": "x", "n": 7, "m": -1, "b": true})", "j").value();
  CHECK(JsonText(json, "t") == "x");
  CHECK(JsonText(json, "n") == "");
  CHECK(JsonNumber(json, "n") == 7);
  CHECK(JsonNumber(json, "m") == 0);
  CHECK(JsonBool(json, "b"));
  CHECK_FALSE(JsonBool(json, "t"));
  CHECK(JsonMember(json, "none") == nullptr);
  CHECK(JsonMember(Json(3), "t") == nullptr);
}

TEST_CASE("an error tells the byte, never the text") {
  const Result<Json> json = ParseJson("{\"key\": tok_s3cr3t}", "j");
  REQUIRE_FALSE(json);
  CHECK(json.error().where == "j");
  CHECK(json.error().message.find("byte 10") != std::string::npos);
  CHECK(json.error().message.find("s3cr") == std::string::npos);
  CHECK_FALSE(ParseJson("\"\xff\"", "j"));
  CHECK_FALSE(ParseJson("1e999", "j"));
}

TEST_CASE("deep nesting is no accident") {
  CHECK_FALSE(ParseJson(std::string(1000000, '['), "j"));
  CHECK(ParseJson(std::string(100000, '[') + std::string(100000, ']'), "j"));
}

}  // namespace keysift
