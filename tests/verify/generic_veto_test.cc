// SPDX-License-Identifier: Apache-2.0
#include "verify/generic_veto.h"

#include <doctest/doctest.h>

#include <string>

#include "verify/generic_judge.h"

namespace keysift {
namespace {

GenericVerdict Judge(const char* name, const char* value) {
  GenericPlace place;
  place.name = name;
  place.value = value;
  place.closed = true;
  return JudgePlace(place);
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

}  // namespace
}  // namespace keysift
