// SPDX-License-Identifier: Apache-2.0
#include "verify/generic_place.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

// Reads the place whose match begins at "pass" and ends right behind `until`.
GenericPlace Read(const std::string& text, const std::string& until,
                  bool* found = nullptr) {
  static Rule rule;
  static std::string kept;
  kept = text;
  Window window(kept);
  const size_t begin = kept.find("pass");
  const size_t end = kept.find(until, begin) + until.size();
  GenericPlace place;
  const bool read = ReadPlace(
      {rule, &window, {}, Span{begin, end}, Span{begin, end}}, &place);
  if (found != nullptr) {
    *found = read;
  }
  return place;
}

TEST_CASE("a quoted value ends at its own quote") {
  const GenericPlace place = Read("db_password = \"it's\";", "\"");
  CHECK(place.name == "db_password");
  CHECK(place.value == "it's");
  CHECK(place.closed);
  CHECK(place.after == "\";");
}

TEST_CASE("an escaped quote ends at one escaped alike") {
  const GenericPlace place =
      Read("\"{\\\"password\\\":\\\"q7Zr\\\"}\"", ":\\\"");
  CHECK(place.value == "q7Zr");
  CHECK(place.escaped);
}

TEST_CASE("an escaped quote does not end a plain one") {
  CHECK(Read("password = \"a\\\"b\"", "\"").value == "a\\\"b");
}

TEST_CASE("bare values end at space, comma and semicolon") {
  CHECK(Read("db.password=q7Zr2Kw9", "=q7Zr").value == "q7Zr2Kw9");
  CHECK(Read("{ password: q7Zr2Kw9, x: 1 }", ": q7Zr").value == "q7Zr2Kw9");
  CHECK(Read("Server=a;password=q7Zr2Kw9;", "=q7Zr").value == "q7Zr2Kw9");
}

TEST_CASE("a block scalar of one line is a value, of several none") {
  bool found = false;
  CHECK(Read("db:\n  password: |\n    q7Zr 2Kw9\n  user: x\n", "    q7Zr")
            .value == "q7Zr 2Kw9");
  CHECK(Read("password: >-\r\n  q7Zr2Kw9\r\n", "  q7Zr").value == "q7Zr2Kw9");
  CHECK(Read("password: |\n  q7Zr2Kw9", "  q7Zr").value == "q7Zr2Kw9");
  CHECK(Read("password: |\n  q7Zr2Kw9\n\nuser: x\n", "  q7Zr").value ==
        "q7Zr2Kw9");
  Read("password: |\n  q7Zr2Kw9\n  more\n", "  q7Zr", &found);
  CHECK_FALSE(found);
}

TEST_CASE("three quotes are one, and CDATA is what an element holds") {
  CHECK(Read("password = \"\"\"q7Zr2Kw9\"\"\"\n", "\"").value == "q7Zr2Kw9");
  const GenericPlace place =
      Read("<password><![CDATA[q7Zr<2Kw9]]></password>", "CDATA[");
  CHECK(place.value == "q7Zr<2Kw9");
  CHECK(place.closed);
}

TEST_CASE("elements of XML end at the next tag") {
  const GenericPlace place = Read("<password>q7 Zr2</password>", ">q7 Z");
  CHECK(place.form == GenericPlace::Form::kBare);
  const GenericPlace whole = Read("<password>q7Zr2</password>", ">q7Zr");
  CHECK(whole.form == GenericPlace::Form::kElement);
  CHECK(whole.value == "q7Zr2");
  CHECK(whole.closed);
}

TEST_CASE("a placeholder before a placeholder is no element") {
  CHECK_FALSE(Read("<user>:<password>@tcp(<host>:1)", ">@tcp").closed);
}

TEST_CASE("a set of JSON Web Keys is no value") {
  bool found = true;
  Read("pass_keys = '{\"keys\":[{\"kty\":\"RSA\",\"n\":\"q7Zr2Kw9\"}]}'", "'",
       &found);
  CHECK_FALSE(found);
}

TEST_CASE("a header's scheme is not part of the value") {
  CHECK(Read("\"password\": \"Basic q7Zr2Kw9\"", ": \"").value == "q7Zr2Kw9");
}

TEST_CASE("an empty value is no place") {
  bool found = true;
  Read("password = \"\"", "\"", &found);
  CHECK_FALSE(found);
}

TEST_CASE("code is told from configuration") {
  CHECK(LooksLikeCode(Read("const password = foo1", "= foo1")));
  CHECK(LooksLikeCode(Read("x.password = foo1;", "= foo1")));
  CHECK(LooksLikeCode(Read("connect(password=foo1)", "=foo1")));
  CHECK(LooksLikeCode(Read("c[\"password\"] = foo1", "= foo1")));
  CHECK_FALSE(LooksLikeCode(Read("password = foo1", "= foo1")));
  CHECK_FALSE(LooksLikeCode(Read("(user: x, password: foo1)", ": foo1")));
}

}  // namespace
}  // namespace keysift
