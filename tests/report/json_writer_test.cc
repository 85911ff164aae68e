// SPDX-License-Identifier: Apache-2.0
#include "report/json_writer.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

std::string Quoted(std::string_view text) {
  std::string out;
  JsonWriter(&out).Text(text);
  return out;
}

}  // namespace

TEST_CASE("values nest, by lines or on one line") {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Field("a", uint64_t{18446744073709551615u});
  json.Key("b");
  json.BeginArray();
  json.BeginObject(JsonWriter::Layout::kInline);
  json.Field("c", "d");
  json.Key("e");
  json.BeginArray();
  json.EndArray();
  json.EndObject();
  json.Null();
  json.EndArray();
  json.Field("f", std::vector<std::string>{"g", "h"});
  json.BoolField("i", true);
  json.Key("j");
  json.BeginObject();
  json.EndObject();
  json.EndObject();
  CHECK(out ==
        "{\n"
        "  \"a\": 18446744073709551615,\n"
        "  \"b\": [\n"
        "    {\"c\": \"d\", \"e\": []},\n"
        "    null\n"
        "  ],\n"
        "  \"f\": [\"g\", \"h\"],\n"
        "  \"i\": true,\n"
        "  \"j\": {}\n"
        "}");
}

TEST_CASE("strings are exact JSON and safe to print") {
  CHECK(Quoted("a\"b\\c") == "\"a\\\"b\\\\c\"");
  CHECK(Quoted("a\n\t\r\x1b") == "\"a\\n\\t\\u000d\\u001b\"");
  CHECK(Quoted("\x7f\xc2\x9b\xe2\x80\xae") == "\"\\u007f\\u009b\\u202e\"");
  CHECK(Quoted("\xf3\xa0\x81\x81") == "\"\\udb40\\udc41\"");
  CHECK(Quoted("caf\xc3\xa9 \xf0\x9f\x94\x91") ==
        "\"caf\xc3\xa9 \xf0\x9f\x94\x91\"");
  CHECK(Quoted("\xff"
               "a\xc3") ==
        "\"\xef\xbf\xbd"
        "a\xef\xbf\xbd\"");
}

}  // namespace keysift
