// SPDX-License-Identifier: Apache-2.0
#include "verify/key_form.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

size_t MatchOf(const std::string& form, const std::string& bytes) {
  const Result<KeyForm> parsed = KeyForm::Parse(form);
  REQUIRE_MESSAGE(parsed.has_value(), form);
  return parsed->Match(bytes);
}

std::string ErrorOf(const std::string& form) {
  const Result<KeyForm> parsed = KeyForm::Parse(form);
  return parsed ? "" : parsed.error().message;
}

TEST_CASE("a part takes as many bytes of its alphabet as its length allows") {
  CHECK(MatchOf("<hex:4>", "09af") == 4);
  CHECK(MatchOf("<hex:4>", "09afff") == 4);
  CHECK(MatchOf("<hex:4>", "09a") == 0);
  CHECK(MatchOf("<hex:4>", "09aG") == 0);
  CHECK(MatchOf("<b62:2-4>", "aZ9") == 3);
  CHECK(MatchOf("<b62:2-4>", "aZ9bc") == 4);
  CHECK(MatchOf("<[0-9_-]:3>", "1-_") == 3);
}

TEST_CASE("text stands for itself") {
  CHECK(MatchOf("ab_<digit:2>.c", "ab_12.c") == 7);
  CHECK(MatchOf("ab_<digit:2>.c", "ab-12.c") == 0);
}

TEST_CASE("a part gives back what the next one needs") {
  CHECK(MatchOf("<b62:1-8>abc", "xyzabc") == 6);
  CHECK(MatchOf("<b62:4-8>abc", "xyzabc") == 0);
}

TEST_CASE("a UUID has its dashes in their places, in either case") {
  const std::string uuid = "7e1e818a-2bc5-4042-8b5d-8BF2465E1D81";
  CHECK(MatchOf("<uuid>", uuid) == 36);
  CHECK(MatchOf("k-<uuid>", "k-" + uuid + "0") == 38);
  CHECK(MatchOf("<uuid>", "7e1e818a2-bc5-4042-8b5d-8bf2465e1d81") == 0);
}

size_t LooseMatchOf(const std::string& form, const std::string& bytes) {
  const Result<KeyForm> parsed = KeyForm::Parse(form);
  REQUIRE_MESSAGE(parsed.has_value(), form);
  return parsed->MatchLoosely(bytes);
}

TEST_CASE("a loose match keeps lengths, text and small alphabets") {
  CHECK(LooseMatchOf("<hex:4>", "0zZ_") == 4);
  CHECK(LooseMatchOf("<hex:4>", "0zZ") == 0);
  CHECK(LooseMatchOf("ab_<b36:4>", "ab_Z-=9") == 7);
  CHECK(LooseMatchOf("ab_<b36:4>", "ac_Z-=9") == 0);
  CHECK(LooseMatchOf("<[ps]:1>k_<hex:2>", "pk_zz") == 5);
  CHECK(LooseMatchOf("<[ps]:1>k_<hex:2>", "qk_zz") == 0);
  CHECK(LooseMatchOf("<hex:4>", "01 3") == 0);
}

TEST_CASE("a mistake is told with what to write instead") {
  CHECK(ErrorOf("<hexx:4>").find("no such alphabet") != std::string::npos);
  CHECK(ErrorOf("<hex:4-2>").find("write a length") != std::string::npos);
  CHECK(ErrorOf("<hex:x>").find("write a length") != std::string::npos);
  CHECK(ErrorOf("<hex:4").find("without \">\"") != std::string::npos);
  CHECK(ErrorOf("").find("empty") != std::string::npos);
}

}  // namespace
}  // namespace keysift
