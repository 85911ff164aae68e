// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "verify/generic_judge.h"
#include "verify/generic_veto.h"

namespace keysift {
namespace {

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
}

TEST_CASE("an AWS credential in a query and a badge's token are no secrets") {
  CHECK(JudgePlace(Place(kBare, "url?X-Amz-Date=1&X-Amz-", "Credential", "=",
                         "Q7ZR2KW9XBT4MLS8", "&"))
            .reason == "an AWS credential scope");
  CHECK(JudgePlace(Place(kBare, "(https://ci.acme.io/badge.svg?", "token", "=",
                         "q7Zr2Kw9Xb", ")"))
            .reason == "of a badge");
  CHECK(JudgePlace(Place(kBare, "(https://ci.acme.io/start?", "token", "=",
                         "q7Zr2Kw9Xb", ")"))
            .keep);
}

TEST_CASE("a bare word before an escaped letter is a text") {
  CHECK(JudgePlace(Place(kBare, "", "Password", "=", "Jelsz", "\\u00F3\n"))
            .reason == "text in another script");
  CHECK(JudgePlace(Place(kBare, "", "Password", "=", "Jelsz", "\\u0026x\n"))
            .keep);
}

TEST_CASE("the first of two values is the first name's") {
  CHECK(JudgePlace(Place(kQuoted, "user, ", "password", " := \"", "hunter22",
                         "\", \"x\""))
            .reason == "one of several names");
  CHECK(JudgePlace(Place(kQuoted, "Connect('db', user='eva', ", "password",
                         "='", "hunter22", "', port=1)"))
            .keep);
}

TEST_CASE("a variable in a path is used, in a style sheet it is set") {
  CHECK(JudgePlace(
            Place(kBare, "docker run -v ", "$PWD", ":", "/acme/x7q", " acme"))
            .reason == "a variable in use");
  CHECK(JudgePlace(Place(kBare, "", "$password", ": ", "Psdqtg7", "\n")).keep);
  CHECK(JudgePlace(Place(kBare, "", "pass", " = ", "$2.to_i", "\n")).reason ==
        "a reference in code");
}

TEST_CASE("a word under a path's last part is no password, random text is") {
  CHECK_FALSE(JudgePlace(Place(kQuoted, "\"/docs/next/", "username-password",
                               "\": \"", "docs", "\"}"))
                  .keep);
  CHECK(JudgePlace(Place(kQuoted, "\"/secret/db/", "password", "\": \"",
                         "v8Kq2mZr", "\"}"))
            .keep);
}

TEST_CASE("what is looked up by a name is not the name") {
  CHECK(JudgePlace(Place(kQuoted, "SNYK_TOKEN = ", "credentials", "('",
                         "q7Zr2Kw9XbT4", "')"))
            .reason == "a name to look up");
  CHECK(JudgePlace(Place(kQuoted, "'", "privateKey", "' => env('",
                         "SAML2_SP_x509_KEY", "', '')"))
            .reason == "a name to look up");
  CHECK(JudgePlace(Place(kQuoted, "$", "pass", " = app('", "kitchens",
                         "')->get('pass');"))
            .reason == "a name to look up");
  CHECK(JudgePlace(Place(kQuoted, "$", "pass", " = crypt('", "q7Zr2Kw9", "');"))
            .keep);
}

TEST_CASE("what a shell says without a value is none") {
  CHECK(JudgePlace(Place(kBare, "${", "DB_PASSWORD", ":", "?q7Zr2Kw9", "}"))
            .reason == "an expansion");
  CHECK(JudgePlace(Place(kBare, "", "DB_PASSWORD", ":", "?q7Zr2Kw9", "")).keep);
}

TEST_CASE("a value behind another's call or stand-in is not the name's") {
  CHECK(JudgePlace(Place(kQuoted, "equal(hash('", "password", "'), '",
                         "5f4dcc3b5aa765d61d8327deb882cf99", "')"))
            .reason == "behind a call");
  CHECK(JudgePlace(Place(kBare, "-e sa_pwd=<YOUR SA ", "PASSWORD", "> ",
                         "acme7Zr2Kw9", ""))
            .reason == "behind a placeholder");
}

}  // namespace
}  // namespace keysift
