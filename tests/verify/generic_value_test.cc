// SPDX-License-Identifier: Apache-2.0
#include "verify/generic_value.h"

#include <doctest/doctest.h>

#include <initializer_list>

namespace keysift {
namespace {

template <typename Question>
void CheckAll(Question question, bool answer,
              std::initializer_list<const char*> values) {
  for (const char* value : values) {
    CAPTURE(value);
    CHECK(question(value) == answer);
  }
}

TEST_CASE("templates of many languages") {
  CheckAll(IsTemplate, true,
           {"${DB_PASSWORD}", "{{ vault }}", "<password>", "$PASSWORD",
            "$db_pass1", "%s", "@DB_PASSWORD@", ":password", "#{pw}", "%(pw)s",
            "$HOME/pw", "$(cat f)"});
  CheckAll(IsTemplate, false,
           {"hunter2", "$ecret1", "100%surely", "a{b", "#1x"});
}

TEST_CASE("paths and addresses") {
  CheckAll(IsPathOrAddress, true,
           {"/run/secrets/db", "./x", "https://acme.io", "app/secret",
            "server.pem", "C:\\x", "arn:aws:x", "urn:uuid:1", "db.acme.io:80",
            "/etc/x1q", "certs.pfx", "9f2d0c7b/layer.tar", "t1/db2.gz"});
  CheckAll(IsPathOrAddress, false,
           {"hunter2", "q7Zr/2Kw9+XbT4==", "a/b1Xq9z", "Summer2024!"});
}

TEST_CASE("constants, patterns, hashes, dates") {
  CheckAll(IsWordList, true, {"lib,link", "a,b,c"});
  CheckAll(IsWordList, false, {"hunter", "r4nd,om", ",word", "a,,b"});
  CheckAll(IsStabsType, true, {"t34=*35", "t340=f1"});
  CheckAll(IsStabsType, false, {"t34", "t=x", "tango12="});
  CheckAll(IsConstantName, true, {"SET_PASSWORD", "IDENTIFIER"});
  CheckAll(IsConstantName, false, {"WTXQDS", "GQXKZ_1", "Password"});
  CheckAll(IsPattern, true, {"^[a-z]+$", "\\d{4}", "a.*b", "required|min:8"});
  CheckAll(IsPattern, false, {"hunter2", "a.b"});
  CheckAll(IsHashOrPublicKey, true,
           {"$2a$10$abc", "ssh-rsa AAAA", "{SSHA}x",
            "sha1$1b11b$edeb0a67a9622f1f2cfeabf9188a711f",
            "AQAAAAEAACcQAAAAEFake0Salt1And2Hash3Of4Nobody5=="});
  CheckAll(IsHashOrPublicKey, false, {"hunter2", "pa$$word1"});
  CheckAll(IsDateOrVersion, true, {"2020-01-01", "v1.2.3", "10:20"});
  CheckAll(IsDateOrVersion, false, {"20200101", "1a.2"});
  CheckAll(IsDateOrVersion, true,
           {"npm:^7.0.4", "<=2.1.27.36", "1.0.0-beta.13", "~1.0"});
  CheckAll(IsDateOrVersion, false, {"npm:^7x", "1.0-hunter2", "npm:"});
}

TEST_CASE("prose has spaces and words; a password may have one") {
  const auto is_prose = [](const char* value) {
    return IsProse(ReadValue(value), value);
  };
  CHECK(is_prose("The password of the user"));
  CHECK(is_prose("Wrong password."));
  CHECK_FALSE(is_prose("hunter2"));
  CHECK_FALSE(is_prose("xK3 pQ9vT"));
}

TEST_CASE("a value that says its name again") {
  const NameReading name = ReadName("db_password");
  CHECK(RepeatsName("DB_PASSWORD", name));
  CHECK(RepeatsName("mydbpassword", name) == false);
  CHECK(RepeatsName("my-db-password", name));
  CHECK_FALSE(RepeatsName("hunter2", name));
}

TEST_CASE("runs and rows of the keyboard") {
  CheckAll(IsRunOrSequence, true,
           {"aaaaaa", "12345678", "qwertyui", "abcdef", "987654", "!@#$%^"});
  CheckAll(IsRunOrSequence, false, {"hunter2", "q7Zr2Kw9", "Summer2024"});
}

TEST_CASE("translations in escapes, signs of fonts, members of objects") {
  CheckAll(HoldsEscapedLetter, true,
           {"Contrase\\u00f1a", "\\u5bc6\\u78bc", "a\\u003d\\u00C4"});
  CheckAll(HoldsEscapedLetter, false,
           {"p\\u0026w4x", "\\u00zz", "\\u00f", "users"});
  CheckAll(IsGlyphCode, true, {"F07F5", "\\f21b", "\\\\f21b", "e001"});
  CheckAll(IsGlyphCode, false, {"face", "F07F55", "a123", "f21", "\\"});
  CheckAll(IsMemberName, true, {"models.DbCfg.Pwd", "f.Passwd"});
  CheckAll(IsMemberName, false,
           {"awWxVV.JvmdHw", "Passwd", "a.b", "f.Pass1", "f.Pass.", ".Pass",
            "f..Pass"});
}

TEST_CASE("a UUID and what is none") {
  CHECK(IsUuid("0b9d3f52-6c1e-4a7b-8f20-5d4c3b2a1908"));
  CHECK_FALSE(IsUuid("0b9d3f52-6c1e-4a7b-8f20-5d4c3b2a190"));
  CHECK_FALSE(IsUuid("0b9d3f52x6c1e-4a7b-8f20-5d4c3b2a1908"));
}

}  // namespace
}  // namespace keysift
