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

TEST_CASE("a value at the end of its text is judged as any other") {
  GenericPlace place;
  place.name = "token";
  place.form = GenericPlace::Form::kQuoted;
  for (const char* before : {"", "a, ", "f(a, "}) {
    for (const char* gap : {" = '", "='", " = ['", " = in ('"}) {
      for (const char* value : {"identifier", "q7Zr2Kw9XbT4mLs8VdYp"}) {
        for (const char* after : {"", "'", "',"}) {
          place.before = before;
          place.gap = gap;
          place.value = value;
          place.after = after;
          place.closed = *after != '\0';
          CHECK_NOTHROW(JudgePlace(place));
        }
      }
    }
  }
}

TEST_CASE("what every copy of a manual has is no secret") {
  CHECK_FALSE(Judge("oauth_token", "ad180jjd733klru7").keep);
  CHECK_FALSE(Judge("auth", "dXNlcjpwYXNz").keep);
  CHECK_FALSE(Judge("password", "$$literal").keep);
  CHECK_FALSE(Judge("key", "curve25519.PrivateKey").keep);
  CHECK(Judge("key", "9F2D0C7BE1A84365D7F90B3C9F2D0C7BE1A84365").reason ==
        "a fingerprint");
}

TEST_CASE("a token of a few bytes is possible, a password of them likely") {
  CHECK_FALSE(IsLikely(Judge("token", "tok123")));
  CHECK(IsLikely(Judge("token", "q7Zr2Kw9")));
  CHECK(IsLikely(Judge("password", "tok123")));
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
