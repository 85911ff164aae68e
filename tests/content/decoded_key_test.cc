// SPDX-License-Identifier: Apache-2.0
#include "content/decoded_key.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

// The key before the value, which begins at the "^" of `marked`.
std::string KeyIn(std::string marked) {
  const size_t mark = marked.find('^');
  REQUIRE(mark != std::string::npos);
  marked.erase(mark, 1);
  Sight sight(marked);
  return std::string(FindKeyBefore(&sight, mark).In(marked));
}

}  // namespace

TEST_CASE("a key before a value, whatever the format") {
  CHECK(KeyIn("DB_PASSWORD=^aHVu") == "DB_PASSWORD");
  CHECK(KeyIn("password: ^aHVu") == "password");
  CHECK(KeyIn("  \"password\": \"^aHVu\"") == "password");
  CHECK(KeyIn("\\\"password\\\": \\\"^aHVu\\\"") == "password");
  CHECK(KeyIn("password = '^aHVu'") == "password");
  CHECK(KeyIn("'password' => '^aHVu'") == "password");
  CHECK(KeyIn("<password>^aHVu</password>") == "password");
  CHECK(KeyIn("<add key=\"Password\" value=\"^aHVu\"/>") == "Password");
  CHECK(KeyIn("data:\n  tls.key: |\n    ^aHVu") == "tls.key");
  CHECK(KeyIn("token := \"^aHVu\"") == "token");
  CHECK(KeyIn("token = base64.b64decode('^aHVu')") == "token");
  CHECK(KeyIn("const token = atob(\"^aHVu\")") == "token");
}

TEST_CASE("no key where none stands") {
  CHECK(KeyIn("^aHVu") == "");
  CHECK(KeyIn("see ^aHVu") == "");
  CHECK(KeyIn("f(^aHVu") == "");
  CHECK(KeyIn("=^aHVu") == "");
}

}  // namespace keysift
