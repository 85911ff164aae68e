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

TEST_CASE("a dotted password is no member") {
  CHECK(Judge("password", "v8Kq.2mZr.pw").keep);
}

TEST_CASE("the scope that AWS signs is no secret") {
  const char* scope = "Q7ZR2KW9XBT4MLS8/20190619/us-east-1/s3/aws4_request";
  CHECK(Judge("Credential", scope).reason == "an AWS credential scope");
  CHECK(Judge("Credential", "q7Zr2Kw9XbT4mLs8VdYp").keep);
}

TEST_CASE("the key of a cache is of short parts, a key is not") {
  CHECK(Judge("key", "user/57f628c7f6d57aad/162c699f000:162c69a07eb").reason ==
        "a compound key");
  CHECK(Judge("key", "kes:v1:AGtR4PvKXNjzMlBX2Djg0qxwS3C4OjoDzsuFSQr82e").keep);
  CHECK(Judge("secret", "user:57f628c7f6d57aad:162c699f").keep);
}

TEST_CASE("names of classes and algorithms are no secrets") {
  CHECK(Judge("password", "App\\Model\\User").reason == "a class's name");
  CHECK(Judge("password", "Symfony\\Form\\Type").reason == "a class's name");
  CHECK(Judge("password", "Abc\\q7Zr\\Kw9").keep);
  CHECK(Judge("secret", "PBKDF2WithHmacSHA1").reason == "an algorithm");
  CHECK(Judge("private_key", "prime256v1").reason == "an algorithm");
  CHECK(Judge("password", "user:$2y$05$sBsSqk0OpSD1uTZkHXc4FeJ0Z70wLQdAX82Ui")
            .reason == "a hash or public key");
  CHECK(Judge("secret", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE").reason ==
        "a hash or public key");
}

TEST_CASE("an icon's outline is none") {
  CHECK(Judge("onepassword", "M12,1C5.92,1 1,5.92 1,12").reason ==
        "an outline");
  CHECK(Judge("password", "M7,4x9.1Kw2Zr1").keep);
  CHECK(Judge("password", "M7q4x9Kw2Zr1").keep);
}

TEST_CASE("the head of a token is cut, a whole one is not") {
  CHECK(Judge("access_token", "eyJhbGciOiJFUzI1NiIsInR5").reason ==
        "the head of a token");
  CHECK(Judge("access_token", "eyJhbGciOiJFUzI1NiJ9.e30.q7Zr2Kw9XbT4").keep);
}

TEST_CASE("one letter of another script makes a text") {
  CHECK(Judge("password",
              "Contrase\xf1"
              "a")
            .reason == "text in another script");
}

TEST_CASE("base64 of a sentence is text, of a password none") {
  CHECK(Judge("creds", "VWJ1bnR1IDIwLjA0LjEgTFRTIFxuIFxsCgo").reason ==
        "base64 of a sample");
  CHECK(Judge("account_key", "Zm9vCg==").reason == "base64 of a sample");
  CHECK(Judge("account_key", "djhLcTJtWnI=").keep);
}

}  // namespace
}  // namespace keysift
