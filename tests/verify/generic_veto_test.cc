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

TEST_CASE("what a form asks of a field is no password") {
  CHECK(Judge("password", "min:8").reason == "a form's rule");
  CHECK(Judge("password", "between:6,60").reason == "a form's rule");
  CHECK(Judge("password", "minq7Zr2:Kw9X").keep);
}

TEST_CASE("packages, their versions and caches of them are no secrets") {
  CHECK(Judge("token", "jwt-impl:0.12.5").reason == "a package");
  CHECK(Judge("pass", ">=1,<1.1").reason == "a version's bounds");
  CHECK(Judge("key", "deps-3b1f5c0e7a9d2846b0c1d2e3f4a5968778695a4b").reason ==
        "a cache's key");
  CHECK(Judge("token", "deps-3b1f5c0e7a9d2846b0c1d2e3f4a5968778695a4b").keep);
}

TEST_CASE("a token that nobody signed opens nothing") {
  CHECK(Judge("token", "eyJhbGciOiJub25lIn0.eyJpZCI6N30.").reason ==
        "an unsigned token");
}

TEST_CASE("a site key is for everyone to see") {
  CHECK(Judge("data-sitekey", "q7Zr2Kw9XbT4mLs8VdYp").reason == "a site key");
  CHECK(Judge("secret-key", "q7Zr2Kw9XbT4mLs8VdYp").keep);
}

TEST_CASE("a typed password may hold a letter of its keyboard") {
  CHECK(Judge("password", "q7Zr2$Kw9\xc2\xa7Xb!4").keep);
  CHECK(Judge("password",
              "Gr\xc3\xbc\xc3\x9f"
              "e2024!")
            .reason == "text in another script");
}

}  // namespace
}  // namespace keysift
