// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "verify/check_list.h"

namespace keysift {
namespace {

using Outcome = CheckResult::Outcome;

// The check of `text` whose match goes from `from` to right behind `until`.
CheckResult CheckAssignment(const std::string& text, const std::string& from,
                            const std::string& until) {
  const Rule rule;
  Window window(text);
  const size_t begin = text.find(from);
  const Span match{begin, text.find(until, begin) + until.size()};
  return CheckGenericAssignment({rule, &window, {}, match, match});
}

CheckResult CheckJose(const std::string& before, const std::string& token) {
  const Rule rule;
  const std::string text = before + token + "\"";
  Window window(text);
  const Span secret{before.size(), before.size() + token.size()};
  return CheckGenericJose({rule, &window, {}, secret, secret});
}

TEST_CASE("a capitalised word among texts is a translation") {
  const char* texts =
      "  \"title\": \"Titel vum Bord\",\n  \"user\": \"Numm\",\n"
      "  \"password\": \"Passwuert\",\n  \"back\": \"Zur\xc3\xbc\x6b op "
      "Bord\"\n";
  CHECK(CheckAssignment(texts, "password", ": \"").reason == "a translation");
  const char* settings =
      "  \"host\": \"db1.acme.io\",\n  \"user\": \"web\",\n"
      "  \"password\": \"Passwuert\",\n  \"title\": \"Web shop\"\n";
  CHECK(CheckAssignment(settings, "password", ": \"").outcome ==
        Outcome::kPass);
  const char* mixed =
      "  \"title\": \"Titel vum Bord\",\n"
      "  \"password\": \"v8Kq2mZr\",\n  \"back\": \"Zur\xc3\xbc\x6b op "
      "Bord\"\n";
  CHECK(CheckAssignment(mixed, "password", ": \"").outcome == Outcome::kPass);
}

TEST_CASE("an option's name says what its value is") {
  const auto check = [](const std::string& text, const std::string& value) {
    const Rule rule;
    Window window(text);
    const size_t begin = text.find(value);
    return CheckGenericValue(
        {rule, &window, {}, {0, text.size()}, {begin, begin + value.size()}});
  };
  CHECK(check(" -page-token v8Kq2mZr", "v8Kq2mZr").outcome == Outcome::kDrop);
  CHECK(check(" --user eva:v8Kq2mZr", "v8Kq2mZr").outcome == Outcome::kPass);
  CHECK(check(" -auth-token v8Kq2mZr", "v8Kq2mZr").outcome == Outcome::kPass);
  CHECK(check("identified by `v8Kq2mZr`", "v8Kq2mZr").outcome ==
        Outcome::kDrop);
  CHECK(check("IDENTIFIED BY 'v8Kq2mZr'", "v8Kq2mZr").outcome ==
        Outcome::kPass);
}

TEST_CASE("an encrypted token is likely where a token is carried") {
  // {"alg":"dir","enc":"A256GCM"}
  const char* token =
      "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..hXk29dmQ81zBv8Kq."
      "hXk29dmQ81zBv8Kq2mZr.7f8e2a91cc04d5b6aQ";
  CHECK(CheckJose("access_token = \"", token).at_most == Confidence::kLikely);
  CHECK(CheckJose("\"", token).at_most == Confidence::kPossible);
  CHECK(CheckJose("\"", std::string(token).substr(0, 60)).outcome ==
        Outcome::kDrop);
}

TEST_CASE("a token whose last part is three letters is a sample") {
  CHECK(CheckJose("\"", "eyJmb28iOiJiYXIifQ.bbb.ccc").outcome ==
        Outcome::kDrop);
  CHECK(CheckJose("\"", "eyJmb28iOiJiYXIifQ.bbb.hXk29dmQ81zB").outcome ==
        Outcome::kPass);
}

TEST_CASE("PHP's arrow leads to a text as well") {
  const char* texts =
      "  'failed' => 'K\xc3\xabto nuk jan\xc3\xab t\xc3\xab sakta',\n"
      "  'password' => 'Fjalkalimi',\n  'throttle' => 'Shum\xc3\xab prova',\n";
  CHECK(CheckAssignment(texts, "password", "=> '").reason == "a translation");
}

TEST_CASE("checksums of a lock file are no tokens") {
  const std::string sum = "3b1f5c0e7a9d2846b0c1d2e3f4a5968778695a4b";
  const std::string lock =
      "  Boost: " + sum + "\n  acme-auth: " + sum + "\n  Folly: " + sum + "\n";
  CHECK(CheckAssignment(lock, "auth", ": 3b1f").reason == "a checksum");
  const std::string alone =
      "  user: eva\n  acme-auth: " + sum + "\n  port: 7\n";
  CHECK(CheckAssignment(alone, "auth", ": 3b1f").outcome == Outcome::kPass);
}

TEST_CASE("the default of a shell's expansion is the value") {
  const std::string text = "DB_PASSWORD: \"${DB_PASSWORD:-q7Zr2Kw9}\"\n";
  const CheckResult result = CheckAssignment(text, "PASSWORD:-", ":-q7Z");
  CHECK(result.outcome == Outcome::kPass);
  CHECK(result.extent.In(text) == "q7Zr2Kw9");
}

TEST_CASE("a token without a signer is dropped") {
  // {"alg":"none"}
  CHECK(CheckJose("token = \"", "eyJhbGciOiJub25lIn0.eyJpZCI6N30.v8Kq2mZr77xW")
            .reason == "nobody signed it");
}

}  // namespace
}  // namespace keysift
