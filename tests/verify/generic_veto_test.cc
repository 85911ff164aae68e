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

// A value with what stands around it on its line.
GenericPlace Place(GenericPlace::Form form, const char* before,
                   const char* name, const char* gap, const char* value,
                   const char* after) {
  GenericPlace place;
  place.form = form;
  place.before = before;
  place.name = name;
  place.gap = gap;
  place.value = value;
  place.after = after;
  place.closed = true;
  return place;
}

constexpr GenericPlace::Form kBare = GenericPlace::Form::kBare;
constexpr GenericPlace::Form kQuoted = GenericPlace::Form::kQuoted;

TEST_CASE(
    "a field set to a variable is none, a value that ends a line is one") {
  CHECK(JudgePlace(Place(kBare, "  ", "SecretKey", ": ", "svcKey", ",\n"))
            .reason == "a variable");
  CHECK(JudgePlace(Place(kBare, "", "pwd", " = ", "__dir__", "\n")).reason ==
        "a variable");
  CHECK(
      JudgePlace(Place(kBare, "", "old_pwd", " = ", "Dir.pwd", "\n")).reason ==
      "a variable");
  CHECK(
      JudgePlace(Place(kBare, "ci", "jwt", " = ", "c.opts.JWT", "\n")).reason ==
      "a variable");
  CHECK(JudgePlace(Place(kBare, "", "password", ": ", "v8Kq2mZr", ",\n")).keep);
  CHECK(
      JudgePlace(Place(kBare, "", "password", ": ", "wintermute", "\n")).keep);
  CHECK(
      JudgePlace(Place(kBare, "", "password", "=", "wintermute", ",\n")).keep);
  CHECK(Judge("password", "v8Kq.2mZr.pw").keep);
}

TEST_CASE("types in a union are none, rows of a table are values") {
  CHECK(JudgePlace(Place(kQuoted, "type T = \"", "first_pwd", "\" | \"",
                         "second_pwd", "\";"))
            .reason == "one of several types");
  CHECK(JudgePlace(Place(kQuoted, "| ", "password", " | `", "v8Kq2mZr", "` |"))
            .keep);
}

TEST_CASE("the head of a text that is put together is no value") {
  CHECK(JudgePlace(
            Place(kQuoted, "", "token", " = \"", "neo4j/", "\" + env.get(x)"))
            .reason == "the head of a text");
  CHECK(JudgePlace(Place(kQuoted, "", "token", " = \"", "v8Kq2mZr77xW/", "\";"))
            .keep);
  CHECK(
      JudgePlace(Place(kQuoted, "", "token", " = \"", "v8Kq2mZr77xW", "\" +\n"))
          .keep);
}

TEST_CASE("what AWS signs and what a badge asks are no secrets") {
  const char* scope = "Q7ZR2KW9XBT4MLS8/20190619/us-east-1/s3/aws4_request";
  CHECK(Judge("Credential", scope).reason == "an AWS credential scope");
  CHECK(JudgePlace(Place(kBare, "url?X-Amz-Date=1&X-Amz-", "Credential", "=",
                         "Q7ZR2KW9XBT4MLS8", "&"))
            .reason == "an AWS credential scope");
  CHECK(Judge("Credential", "q7Zr2Kw9XbT4mLs8VdYp").keep);
  CHECK(JudgePlace(Place(kBare, "(https://ci.acme.io/badge.svg?", "token", "=",
                         "q7Zr2Kw9Xb", ")"))
            .reason == "of a badge");
  CHECK(JudgePlace(Place(kBare, "(https://ci.acme.io/start?", "token", "=",
                         "q7Zr2Kw9Xb", ")"))
            .keep);
}

TEST_CASE("the key of a cache is of short parts, a key is not") {
  CHECK(Judge("key", "user/57f628c7f6d57aad/162c699f000:162c69a07eb").reason ==
        "a compound key");
  CHECK(Judge("key", "kes:v1:AGtR4PvKXNjzMlBX2Djg0qxwS3C4OjoDzsuFSQr82e").keep);
  CHECK(Judge("secret", "user:57f628c7f6d57aad:162c699f").keep);
}

TEST_CASE("a name of several words is not its last word") {
  CHECK(JudgePlace(Place(kBare, "Confirm\\ ", "Password", "=", "Bekreft",
                         " passord\n"))
            .reason == "named in words");
  CHECK(JudgePlace(Place(kBare, "Issuer Public ", "Key", ": ",
                         "q7Zr2Kw9XbT4mLs8VdYp", "\n"))
            .reason == "named in words");
  CHECK(JudgePlace(Place(kBare, "Issuer Private ", "Key", ": ",
                         "q7Zr2Kw9XbT4mLs8VdYp", "\n"))
            .keep);
}

TEST_CASE("coordinates and URLs are addresses, tight pairs are not") {
  CHECK(JudgePlace(Place(kBare, "\"org.acme.ci:", "mask-passwords", ":",
                         "173.v6a077a", "\""))
            .reason == "part of an address");
  CHECK(JudgePlace(
            Place(kBare, "\"sms://", "apiKey", ":", "q7Zr2Kw9Xb@host", "\""))
            .reason == "part of an address");
  CHECK(JudgePlace(Place(kBare, "\"", "apiKey", ":", "q7Zr2Kw9Xb", "\"")).keep);
}

TEST_CASE("a key of a list and its first word are no values") {
  CHECK(JudgePlace(Place(kQuoted, "new ", "UserPassword", "(['", "message",
                         "' => 'x'])"))
            .reason == "a key of a list");
  CHECK(JudgePlace(Place(kQuoted, "\"", "password", "\": {\"", "shape",
                         "\": \"String\"}"))
            .reason == "a key of a list");
  CHECK(JudgePlace(Place(kQuoted, "{'", "password", "' => '", "v8Kq2mZr",
                         "', 'user' => 'eva'}"))
            .keep);
  CHECK_FALSE(JudgePlace(Place(kQuoted, "'", "token", "' => array('",
                               "maxlength", "', 'pattern')"))
                  .keep);
  CHECK(JudgePlace(
            Place(kQuoted, "", "tokens", " = ['", "q7Zr2Kw9XbT4", "', 'x']"))
            .keep);
}

TEST_CASE("names of classes and algorithms are no secrets") {
  CHECK(Judge("password", "App\\Model\\User").reason == "a class's name");
  CHECK(Judge("password", "Symfony\\Form\\Type").reason == "a class's name");
  CHECK(Judge("password", "Abc\\q7Zr\\Kw9").keep);
  CHECK(Judge("secret", "PBKDF2WithHmacSHA1").reason == "an algorithm");
  CHECK(Judge("password", "user:$2y$05$sBsSqk0OpSD1uTZkHXc4FeJ0Z70wLQdAX82Ui")
            .reason == "a hash or public key");
  CHECK(Judge("secret", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE").reason ==
        "a hash or public key");
}

TEST_CASE("fields of an option and results in a table are no passwords") {
  GenericPlace place =
      Place(kQuoted, "", "password", "", "source=ssh-key,target=ssh", "");
  place.in_passing = true;
  CHECK(JudgePlace(place).reason == "fields of an option");
  place.value = "q7Zr=x2Kw9";
  CHECK(JudgePlace(place).keep);
  CHECK(JudgePlace(Place(kQuoted, "| ", "Pass", " | `", "v8Kq2mZr", "` |"))
            .reason == "a result");
}

TEST_CASE("the head of a token is cut, a whole one is not") {
  CHECK(Judge("access_token", "eyJhbGciOiJFUzI1NiIsInR5").reason ==
        "the head of a token");
  CHECK(Judge("access_token", "eyJhbGciOiJFUzI1NiJ9.e30.q7Zr2Kw9XbT4").keep);
}

TEST_CASE("one letter of another script makes a text, escaped or not") {
  CHECK(Judge("password",
              "Contrase\xf1"
              "a")
            .reason == "text in another script");
  CHECK(JudgePlace(Place(kBare, "", "Password", "=", "Jelsz", "\\u00F3\n"))
            .reason == "text in another script");
  CHECK(JudgePlace(Place(kBare, "", "Password", "=", "Jelsz", "\\u0026x\n"))
            .keep);
}

TEST_CASE("base64 of a sentence is text, of a password none") {
  CHECK(Judge("creds", "VWJ1bnR1IDIwLjA0LjEgTFRTIFxuIFxsCgo").reason ==
        "base64 of a sample");
  CHECK(Judge("account_key", "Zm9vCg==").reason == "base64 of a sample");
  CHECK(Judge("account_key", "djhLcTJtWnI=").keep);
}

}  // namespace
}  // namespace keysift
