// SPDX-License-Identifier: Apache-2.0
#include "verify/generic_judge.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

GenericVerdict Judge(const char* name, const char* value) {
  GenericPlace place;
  place.name = name;
  place.value = value;
  place.closed = true;
  return JudgePlace(place);
}

bool IsLikely(const GenericVerdict& verdict) {
  return verdict.keep && verdict.confidence == Confidence::kLikely;
}

TEST_CASE("weak passwords count where a password stands") {
  for (const char* value : {"hunter22", "Summer2024!", "bluebird7",
                            "wintermute", "pa55 wd9x", "Tigger12"}) {
    CAPTURE(value);
    CHECK(Judge("db_password", value).keep);
  }
}

TEST_CASE("words are no tokens, random text is one") {
  CHECK_FALSE(Judge("token", "identifier").keep);
  CHECK_FALSE(Judge("key", "username").keep);
  CHECK(IsLikely(Judge("auth_token", "q7Zr2Kw9XbT4mLs8VdYp")));
  CHECK(IsLikely(Judge("api_key", "9f2d0c7be1a84365d7f90b3c")));
  CHECK(IsLikely(Judge("key", "q7Zr2Kw9XbT4mLs8VdYp")));
}

TEST_CASE("each veto says why") {
  CHECK(Judge("password_hash", "hunter22").reason ==
        "its name is about a secret");
  CHECK(Judge("password", "${PASSWORD}").reason == "a template");
  CHECK(Judge("password", "********").reason == "masked");
  CHECK(Judge("password", "string").reason == "a keyword");
  CHECK(Judge("password", "/run/secrets/db").reason == "a path or address");
  CHECK(Judge("password", "change_me").reason == "a placeholder");
  CHECK(Judge("db_password", "db_password").reason == "repeats its name");
  CHECK(Judge("password", "super_secret").reason == "words of a sample");
  CHECK(Judge("token", "90693936").reason == "a number");
  CHECK(Judge("secret", "0xC000018A").reason == "a number");
}

TEST_CASE("the first word of a translation is no value") {
  GenericPlace place;
  place.form = GenericPlace::Form::kBare;
  place.name = "new_password";
  place.gap = "=";
  place.value = "Zadejte";
  place.after = " nov\xc3\xa9 heslo\n";
  CHECK(JudgePlace(place).reason == "prose goes on");
  place.name = "DB_PASSWORD";  // PASSWORD=Zadejte ./run
  CHECK(JudgePlace(place).reason != "prose goes on");
  place.name = "new_password";
  place.value = "Zadejte7";
  CHECK(JudgePlace(place).reason != "prose goes on");
}

TEST_CASE("a choice and a condition are no values") {
  GenericPlace place;
  place.name = "pass";
  place.before = "ok ? '";
  place.gap = "' : '";
  place.value = "q7Zr2Kw9";
  place.closed = true;
  CHECK(JudgePlace(place).reason == "a choice of two");
  place.before = "";
  place.gap = ":";
  place.value = "flags.3?true";
  place.form = GenericPlace::Form::kBare;
  CHECK(JudgePlace(place).reason == "a condition");
}

TEST_CASE("what every copy of a manual has is no secret") {
  CHECK_FALSE(Judge("oauth_token", "ad180jjd733klru7").keep);
  CHECK_FALSE(Judge("auth", "dXNlcjpwYXNz").keep);
  CHECK_FALSE(Judge("password", "$$literal").keep);
  CHECK_FALSE(Judge("key", "curve25519.PrivateKey").keep);
  CHECK(Judge("key", "9F2D0C7BE1A84365D7F90B3C9F2D0C7BE1A84365").reason ==
        "a fingerprint");
}

TEST_CASE("what is reported says what spoke for it, not the value") {
  const GenericVerdict verdict = Judge("password", "q7Zr2Kw9");
  CHECK(verdict.reason.find("a password's name +1.6") != std::string::npos);
  CHECK(verdict.reason.find("q7Zr2Kw9") == std::string::npos);
}

TEST_CASE("the same value counts as a token's UUID, not as a key's") {
  const char* uuid = "0b9d3f52-6c1e-4a7b-8f20-5d4c3b2a1908";
  CHECK(Judge("auth_token", uuid).keep);
  CHECK(Judge("key", uuid).reason == "an id");
}

}  // namespace
}  // namespace keysift
