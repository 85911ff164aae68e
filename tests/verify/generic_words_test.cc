// SPDX-License-Identifier: Apache-2.0
#include "verify/generic_words.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace keysift {
namespace {

using Words = std::vector<std::string>;

TEST_CASE("identifiers of every style fall into the same words") {
  const Words wanted = {"db", "password", "2"};
  for (const char* name : {"dbPassword2", "DB_PASSWORD_2", "db.password-2",
                           "DbPassword2", "db password 2"}) {
    CAPTURE(name);
    CHECK(SplitWords(name) == wanted);
  }
  CHECK(SplitWords("HTTPServerKey") == Words{"http", "server", "key"});
  CHECK(SplitWords("").empty());
}

TEST_CASE("words read like words, random letters do not") {
  for (const char* word : {"hunter", "wintermute", "identifier", "tangerine"}) {
    CAPTURE(word);
    CHECK(WordLikeness(word) > 6.2);
  }
  for (const char* word : {"zckesjzh", "dkbgqyzwe", "xyvlrciu", "qhzxkvw"}) {
    CAPTURE(word);
    CHECK(WordLikeness(word) < 5.3);
  }
  CHECK(WordLikeness("x") == doctest::Approx(5.5));
}

TEST_CASE("values of sample words are covered by them") {
  CHECK(SampleCover("some_client-secret") == doctest::Approx(1));
  CHECK(SampleCover("accesstoken") == doctest::Approx(1));
  CHECK(SampleCover("testpass12") == doctest::Approx(1));
  CHECK(SampleCover("wintermute") < 0.6);
  CHECK(SampleCover("1234") == doctest::Approx(0));
}

TEST_CASE("placeholders, keywords and notorious passwords are known") {
  CHECK(HoldsPlaceholderWord("please-changeme-now"));
  CHECK_FALSE(HoldsPlaceholderWord("summer2024!"));
  CHECK(IsKeyword("null"));
  CHECK(IsKeyword("bcrypt"));
  CHECK_FALSE(IsKeyword("bluebird7"));
  CHECK(IsNotoriousPassword("hunter2"));
  CHECK_FALSE(IsNotoriousPassword("hunter22"));
}

}  // namespace
}  // namespace keysift
