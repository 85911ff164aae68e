// SPDX-License-Identifier: Apache-2.0
#include "verify/written_value.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/verify/fake_rules.h"

namespace keysift {
namespace {

// "encoding: what it says", or "" where a value stands as it is. The values
// come from base64, xxd and python3.
std::string Said(std::string_view value) {
  Decoded decoded;
  const Decoder* written = ReadWritten(value, &decoded);
  return written == nullptr ? "" : decoded.name + (": " + decoded.text);
}

}  // namespace

TEST_CASE("a short value says what it is written in") {
  CHECK(Said("aFhrMjlkbVE=") == "base64: hXk29dmQ");
  CHECK(Said("aFhrMjlkbVEK") == "base64: hXk29dmQ");  // echo | base64
  CHECK(Said("ZXZhOmhYazI5ZG1R") == "base64: eva:hXk29dmQ");
  CHECK(Said("SmthWmpH") == "base64: JkaZjG");
  CHECK(Said("aFhrMjlkbVE") == "base64: hXk29dmQ");
  CHECK(Said("68586b3239646d51") == "hex: hXk29dmQ");
  CHECK(Said("\\u0068\\u0058\\u006b\\u0032") == "unicode-escape: hXk2");
  CHECK(Said("\\x68\\x58\\x6b\\x32\\x39") == "hex-escape: hXk29");
  CHECK(Said("\\150\\130\\153\\062\\071") == "octal-escape: hXk29");
  CHECK(Said("hXk&amp;29dmQ") == "html-entity: hXk&29dmQ");
  CHECK(Said("&#x68;&#88;&#107;2") == "html-entity: hXk2");
}

TEST_CASE("a value that only could be written in something stands as it is") {
  CHECK(Said("hXk29dmQ81zB") == "");
  CHECK(Said("password") == "");
  CHECK(Said("correcthorsebattery") == "");
  CHECK(Said("3132333435363738") == "");          // a number
  CHECK(Said("eyJhbGciOiJIUzI1NiJ9") == "");      // JSON is scanned for itself
  CHECK(Said("3f91c0d25877e41b3f91c0d2") == "");  // bytes
  CHECK(Said("\\\\server\\share") == "");
  CHECK(Said("pa\\\"ss\\nword") == "");
  CHECK(Said("a&b;c") == "");
  CHECK(Said("") == "");
}

TEST_CASE("percent is read where it is asked for") {
  Decoded decoded;
  REQUIRE(ReadPercent("hX%24k29", &decoded));
  CHECK(decoded.text == "hX$k29");
  CHECK_FALSE(ReadPercent("hX%k29%", &decoded));
  CHECK(Said("hX%24k29") == "");
}

TEST_CASE(
    "a detection tells the decoded secret and stands at the encoded one") {
  RuleSet rules;
  rules.rules.push_back(RuleOf("a", "_password=([\\w+/]+=*)"));
  rules.rules[0].checks = {"base64-password"};
  const Verifier verifier(&rules, nullptr);
  const std::string text = "//npm.test/:_password=aFhrMjlkbVE=\n";
  const std::vector<Detection> found = FindAll(verifier, 1, text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].secret.In(text) == "aFhrMjlkbVE=");
  std::string encoding;
  CHECK(SecretOf(text, found[0], &encoding) == "hXk29dmQ");
  CHECK(encoding == "base64");
}

}  // namespace keysift
