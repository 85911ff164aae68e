// SPDX-License-Identifier: Apache-2.0
// Every secret here is made from its format with a fixed random seed; none was
// ever issued.
#include "verify/checks.h"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "verify/marks.h"

namespace keysift {
namespace {

CheckResult Run(const char* name, std::string_view text, Span match,
                Span secret) {
  const Check* check = FindCheck(name);
  REQUIRE_MESSAGE(check != nullptr, name);
  const Rule rule;
  Window window(text);
  const bool body = check->reach == Check::Reach::kBody;
  return check->run({rule, &window, body ? text : "", match, secret});
}

CheckResult Run(const char* name, std::string_view secret) {
  const Span whole{0, secret.size()};
  return Run(name, secret, whole, whole);
}

std::string Detail(const CheckResult& result, const std::string& name) {
  for (const auto& [key, value] : result.details) {
    if (key == name) {
      return value;
    }
  }
  return "";
}

struct Case {
  const char* check;
  const char* passes;
  const char* fails;  // "" where no string of that shape can fail
};

const Case kCases[] = {
    {"crc32-github", "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",
     "npm_Ky9Pf34qY6Nb3wWD25RQ4F5ZR3qa7y000000"},
    {"crc32-atlassian",
     "ATATT3xFfGF0Eeeby3abP3E2Zs8IQ9Y7aJZqhB6baeCN6Zj4a3dDVhYRnKTb"
     "xTNJFoBinF5aJXVuLkSIc47WQAmL9xVQ2zg4mZaouqKLiMcVbpT4r5yHUig4"
     "3kiJfahqSIjOugM1yTMAd7V3DnI8lFPPwtV5ASPZHu8qRtZHjQMhuOzE95B9"
     "EgE0VrbBGI09=00C31AF7",
     "ATATT3xFfGF0Eeeby3abP3E2Zs8IQ9Y7aJZqhB6baeCN6Zj4a3dDVhYRnKTb"
     "xTNJFoBinF5aJXVuLkSIc47WQAmL9xVQ2zg4mZaouqKLiMcVbpT4r5yHUig4"
     "3kiJfahqSIjOugM1yTMAd7V3DnI8lFPPwtV5ASPZHu8qRtZHjQMhuOzE95B9"
     "EgE0VrbBGI09=00000000"},
    {"crc32-cloudflare",
     "cfut_QYNdaKy8isWydfhl3TvtnythpZPPPP6UeP3C4DSA52848a83",
     "cfut_QYNdaKy8isWydfhl3TvtnythpZPPPP6UeP3C4DSA00000000"},
    {"crc32-confluent",
     "cflt7Lc360a9Y6yNd14tDdO9eGzMcNU77sVTUUJ596lLlGUriAX1DyyXN9DQ"
     "fJow",
     "cflt7Lc360a9Y6yNd14tDdO9eGzMcNU77sVTUUJ596lLlGUriAX1DyyXN9AA"
     "AAAA"},
    {"crc32-grafana", "glsa_iYw1mXJft5isGXNwAMnEYYnWLeEdpoms_964bfb04",
     "glsa_iYw1mXJft5isGXNwAMnEYYnWLeEdpoms_00000000"},
    {"crc32-zuplo", "zpka_67c76fb008f86bebb2737f6a6f0fb23c_6c1b27e3",
     "zpka_67c76fb008f86bebb2737f6a6f0fb23c_00000000"},
    {"gitlab-routable",
     "glpat-bzoxCnU6MmEKZvRb3qosyu3NK1FXQQ5N7hA.01.0z04ulr2a",
     "glpat-bzoxCnU6MmEKZvRb3qosyu3NK1FXQQ5N7hA.01.zz0000000"},
    {"bech32-age",
     "AGE-SECRET-KEY-1F7KFGPQXGMVDPSDJ05S6GRKA6GFPUTQFTF78R57XR0V3"
     "ZXUPYU5STZDA6U",
     "AGE-SECRET-KEY-1F7KFGPQXGMVDPSDJ05S6GRKA6GFPUTQFTF78R57XR0V3"
     "ZXUPYU5STZDA6Q"},
    {"pypi-macaroon",
     "pypi-AgEIcHlwaS5vcmcCG3sidiI6MX10cXRxZ3dpb3FycHFod3FpcmdvZQA"
     "CB1syLCJ4Il0AAAYg1T7I4qEle9slbJs-T7tJgUbvcDDL-VNyUtzOrddktqM",
     "pypi-AgEIcHlwaS5vcmcCG3sidiI6MX10cXRxZ3dpb3FycHFod3FpcmdvZQA"
     "CB1syLCJ4Il0AAAYg1T7I4qEle9slbJs-T7tJgUbvcDDL-VNyUtzO"},
    {"discord-token",
     "MTAzNDU2Nzg5MDEyMzQ1Njc4OQ.GhT2xY.5kN1LZTSj1OLXdIWz47woEu65G"
     "H2vnBHm8qRsw",
     "bm90YW51bWJlcmF0YWxsMTI=.GhT2xY.hqyGP9YwWaViK5H3piBRv4Hy1e5p"
     "G5csE4Gt7T"},
    {"jwt",
     "eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCJ9.eyJpc3MiOiAiYWNtZSI"
     "sICJleHAiOiAxODkzNDU2MDAwfQ.0LZQxwHd82XjFy7AG3BCxJeJXmDISWhB"
     "HMp1G201kWZ",
     "eyJ0eXAiOiAieCJ9.eyJpc3MiOiAiYWNtZSJ9.CWUFxS6gqfRgVYruPWJiDE"
     "LCrujke8PM3r804eluGRA"},
    {"docker-auth", "cm9ib3Q6WmszdlE5cFc=", ""},
    {"uuid4", "3b241101-e2bb-4255-8caf-4136c566a962",
     "3b241101-e2bb-11ec-8caf-4136c566a962"},
    {"azure-sas",
     "sv=2022-11-02&sp=rwdl&sip=10.0.0.1-10.0.0.9&sig=q7Zr2Kw9XbT4mLs8",
     "sv=2022-11-02&sp=rqx&sig=q7Zr2Kw9XbT4mLs8"},
    {"azure-storage-key",
     "HCvDkHyWF+teUInkAYa6qKV9EZ5vtl0Aq8Mq845mfwIuhy1JzBXJC5mbdytP"
     "x6b9TJFKFttHCHUrDxVEuDXA5w==",
     "GQl9+ocB6SMvIfKBJod4aXbr/MMn9ZMXZSdLqYKbRAb2H/iJMm/6lJLt7u48"
     "Zp8r8giU6ifmicZrayYu"},
    {"bedrock-key",
     "ABSKQmVkcm9ja0FQSUtleS1hMWIyLWF0LTEyMzQ1Njc4OTAxMjpTSWE0UTQ4"
     "NXVuYisrTWtNVVFINzVzK2FTTld3d0tFOXFRQ21yY3M5WkFZPQ==",
     "ABSKvlIGN4POtb4NxRmHs3H63rgIex9FHRWKCnNozRu1pmePwuyZZDk53xkQ"
     "Sdm8ftIV3wxZ8AUQLIJGllfGPfFJUZgP7AfA4DWvpVZESwLmSR8ZCF5BLZ5K"
     "FNGp"},
    {"base64-payload",
     "glc_eyJvIjogIjEiLCAibiI6ICJ4IiwgImsiOiAiYUN1MWx0UU9RbFhET0hM"
     "bTNWSGEifQ==",
     "glc_zN8hWXeotsD5HvFOPfSRzJsqtz182RjmvpUzbV04PxxxqXsTSFo6E99X"
     "h6yq"},
    {"uuid", "3b241101-e2bb-4255-8caf-4136c566a962",
     "3b241101-e2bb-0255-8caf-4136c566a962"},
    {"base32-seed",
     "5IVRIACAO4JZWQMA344TEJEZMLDIK4QAAWNOXDVBPTZXQ7QO2KORYC3D77LS"
     "TA3U",
     "ABCDEFG"},
};

TEST_CASE("each check passes what was built right, fails what was not") {
  for (const Case& c : kCases) {
    CAPTURE(c.check);
    const CheckResult good = Run(c.check, c.passes);
    CHECK_MESSAGE(good.outcome == CheckResult::Outcome::kPass, good.reason);
    if (*c.fails != '\0') {
      const CheckResult bad = Run(c.check, c.fails);
      CHECK_MESSAGE(bad.outcome == CheckResult::Outcome::kFail, bad.reason);
    }
  }
}

TEST_CASE("no reason or detail holds the secret") {
  for (const Case& c : kCases) {
    const CheckResult result = Run(c.check, c.passes);
    CHECK(result.reason.find(c.passes) == std::string::npos);
    for (const auto& [name, value] : result.details) {
      CHECK(value.find(c.passes) == std::string::npos);
    }
  }
}

TEST_CASE("checks survive any length and any bytes") {
  const std::string noise = "a._-=:/@\\\"{}%1\n\xff";
  for (const Check& check : AllChecks()) {
    for (size_t length = 0; length <= noise.size(); ++length) {
      Run(check.name, std::string_view(noise).substr(0, length));
    }
    for (const Case& c : kCases) {
      Run(check.name, c.passes);
    }
  }
}

TEST_CASE("names are unique") {
  std::set<std::string> names;
  for (const Check& check : AllChecks()) {
    CHECK(names.insert(check.name).second);
  }
  CHECK(FindCheck("no-such-check") == nullptr);
}

TEST_CASE("details tell what the token says of itself") {
  std::map<std::string, CheckResult> results;
  for (const Case& c : kCases) {
    results.emplace(c.check, Run(c.check, c.passes));
  }
  CHECK(Detail(results.at("jwt"), "algorithm") == "HS256");
  CHECK(Detail(results.at("jwt"), "issuer") == "acme");
  CHECK(Detail(results.at("jwt"), "expires") == "2030-01-01T00:00:00Z");
  CHECK(Detail(results.at("bedrock-key"), "aws_account_id") == "123456789012");
  CHECK(Detail(results.at("pypi-macaroon"), "index") == "pypi.org");
  CHECK(Detail(results.at("gitlab-routable"), "gitlab_routing") == "o:1 u:2a");
  CHECK(Detail(results.at("docker-auth"), "user") == "robot");
  CHECK(Detail(results.at("discord-token"), "discord_user_id") ==
        "1034567890123456789");
}

TEST_CASE("a database URI tells its parts and lowers samples") {
  const auto run = [](const std::string& uri, const std::string& password) {
    const size_t at = uri.find(":" + password + "@") + 1;
    return Run("database-uri", uri, Span{0, uri.size()},
               Span{at, at + password.size()});
  };
  const CheckResult real =
      run("postgres://svc:Zk3vQ9pW@db.acme.io:5432/app", "Zk3vQ9pW");
  CHECK(real.outcome == CheckResult::Outcome::kPass);
  CHECK(real.at_most == Confidence::kCertain);
  CHECK(Detail(real, "host") == "db.acme.io");
  CHECK(Detail(real, "user") == "svc");
  CHECK(Detail(real, "scheme") == "postgres");
  CHECK(run("mysql://a:Zk3vQ9pW@localhost/x", "Zk3vQ9pW").at_most ==
        Confidence::kPossible);
  CHECK(run("mysql://web:guest@db.acme.io/x", "guest").at_most ==
        Confidence::kPossible);
  CHECK(run("redis://:Zk3vQ9pW@cache.example.com:1", "Zk3vQ9pW").at_most ==
        Confidence::kPossible);
}

TEST_CASE("a word that stands in for a password is none") {
  for (const std::string word : {"password", "my_password", "-redacted-"}) {
    const std::string uri = "mysql://user:" + word + "@db.acme.io/x";
    const size_t at = uri.find(":" + word + "@") + 1;
    CHECK(Run("database-uri", uri, Span{0, uri.size()},
              Span{at, at + word.size()})
              .outcome == CheckResult::Outcome::kDrop);
  }
}

TEST_CASE("an otpauth URI tells issuer and account") {
  const std::string seed = "5IVRIACAO4JZWQMA344TEJEZMLDIK4QAAWNOXDVBPTZXQ7QO";
  const std::string uri =
      "otpauth://totp/Amazon%20Web%20Services:ann@123456789012?secret=" + seed +
      "&issuer=Amazon%20Web%20Services";
  const size_t at = uri.find(seed);
  const CheckResult result =
      Run("otpauth-uri", uri, Span{0, uri.size()}, Span{at, at + seed.size()});
  CHECK(result.outcome == CheckResult::Outcome::kPass);
  CHECK(Detail(result, "issuer") == "Amazon Web Services");
  CHECK(Detail(result, "aws_account_id") == "123456789012");
}

TEST_CASE("a signature whose fields no service takes is not Azure's") {
  const std::string lead = "TOKEN=sp=r&sip=168.1.6&";
  const std::string text = lead + "sv=2022-11-02&sig=q7Zr2Kw9XbT4mLs8";
  const CheckResult result =
      Run("azure-sas", text, Span{lead.size(), text.size()},
          Span{text.size() - 16, text.size()});
  CHECK(result.reason == "no address where one is asked for");
  CHECK((result.marks & kMarkLoose) != 0);
  CHECK(result.at_most == Confidence::kPossible);
  CHECK(Detail(result, "permissions") == "r");
  for (const char* fields :
       {"sv=2022-11-02&sp=rr&sig=a", "sv=2022-11-02&sip=1.2.3.4.5&sig=a",
        "sv=2022-11-02&sip=1.2.3.4000&sig=a",
        "sv=2022-11-02&sip=1.2.3.4-&sig=a"}) {
    CAPTURE(fields);
    CHECK(Run("azure-sas", fields).outcome == CheckResult::Outcome::kFail);
  }
}

TEST_CASE("a JWT's parts must decode to what they are") {
  const std::string header = "eyJhbGciOiJIUzI1NiJ9.";  // {"alg":"HS256"}
  const std::string signature = ".q7Zr2Kw9XbT4mLs8VdYp3NcH6jRf1GaE5uQoq7Zr2Kw";
  const CheckResult broken =
      Run("jwt", header + "eyJhdWQiOiJhY21lIiwianRpIjoiOaFI2p" + signature);
  CHECK(broken.outcome == CheckResult::Outcome::kFail);
  CHECK((broken.marks & kMarkLoose) != 0);
  const CheckResult no_json =
      Run("jwt", "eyJ4tw1Jd1PM49YlUdnNZGN3.eyJpc3MiOiAiYWNtZSJ9" + signature);
  CHECK((no_json.marks & kMarkLoose) != 0);
  // No algorithm: odd, but made by the same parts.
  const CheckResult odd =
      Run("jwt", "eyJ0eXAiOiAieCJ9.eyJpc3MiOiAiYWNtZSJ9" + signature);
  CHECK(odd.outcome == CheckResult::Outcome::kFail);
  CHECK((odd.marks & kMarkLoose) == 0);
  // {"alg":"HS256","zip":"DEF"}: compressed claims cannot be read.
  CHECK(Run("jwt", "eyJhbGciOiJIUzI1NiIsInppcCI6IkRFRiJ9.eyJzdwIi" + signature)
            .outcome == CheckResult::Outcome::kPass);
}

TEST_CASE(
    "a JDBC URL for this machine, or with a sample password, is doubted") {
  const auto run = [](const std::string& host, const std::string& password) {
    const std::string url = "jdbc:postgresql://" + host + "/app?password=";
    return Run("jdbc-url", url + password,
               Span{0, url.size() + password.size()},
               Span{url.size(), url.size() + password.size()});
  };
  CHECK(run("db.acme.io:5432", "q7Zr2Kw9").at_most == Confidence::kCertain);
  CHECK(Detail(run("db.acme.io:5432", "q7Zr2Kw9"), "host") == "db.acme.io");
  CHECK((run("localhost", "q7Zr2Kw9").marks & kMarkLocalHost) != 0);
  CHECK(run("db.example.com", "q7Zr2Kw9").at_most == Confidence::kPossible);
  CHECK(run("192.0.2.17:5432", "q7Zr2Kw9").at_most == Confidence::kPossible);
  CHECK(run("1.2.3.4:5432", "q7Zr2Kw9").at_most == Confidence::kPossible);
  CHECK(run("11.2.3.4:5432", "q7Zr2Kw9").at_most == Confidence::kCertain);
  CHECK(run("db.acme.io", "testpassword").at_most == Confidence::kPossible);
  CHECK(run("db.acme.io", "test1984").at_most == Confidence::kCertain);
  CHECK(run("db.acme.io", "my_password").outcome ==
        CheckResult::Outcome::kDrop);
}

TEST_CASE("a registry's user:password may be a placeholder") {
  // my_username:my_password
  const CheckResult result =
      Run("docker-auth", "bXlfdXNlcm5hbWU6bXlfcGFzc3dvcmQ=");
  CHECK(result.at_most == Confidence::kPossible);
}

TEST_CASE("a JWT that a published secret signs is a sample") {
  // {"alg":"HS384"} . {"sub":"acme-worker"}
  const std::string message =
      "eyJhbGciOiJIUzM4NCJ9.eyJzdWIiOiJhY21lLXdvcmtlciJ9.";
  const std::string signature =
      "E_rRyVDl7dBMqySOa3ptvc6V1d5UWXrw1ZtAHnZfeO__TVopYzbPWalolZXFEy48";
  const CheckResult sample = Run("jwt", message + signature);
  CHECK((sample.marks & kMarkSample) != 0);
  CHECK(sample.at_most == Confidence::kPossible);
  CHECK(Detail(sample, "signed_with") == "a published sample secret");
  std::string other = signature;
  other[5] = other[5] == 'a' ? 'b' : 'a';
  CHECK((Run("jwt", message + other).marks & kMarkSample) == 0);
}

TEST_CASE("tutorial tokens and emulator keys are samples") {
  // {"alg":"HS256"} . {"sub":"1234567890"} . 43 characters
  const CheckResult jwt =
      Run("jwt",
          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0."
          "q7Zr2Kw9XbT4mLs8VdYp3NcH6jRf1GaE5uQoq7Zr2Kw");
  CHECK((jwt.marks & kMarkSample) != 0);
  CHECK(jwt.at_most == Confidence::kPossible);
}

TEST_CASE("a service account's object is read around the match") {
  std::string body;
  for (int i = 0; i < 20; ++i) {
    body += "q7Zr2Kw9XbT4mLs8";
  }
  const std::string object =
      "{\"type\": \"service_account\", \"project_id\": \"acme-1\",\n"
      "\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n" +
      body +
      "\\n-----END PRIVATE KEY-----\\n\", \"client_email\": "
      "\"a@acme-1.iam.gserviceaccount.com\"}";
  const std::string text = "config = " + object + ";";
  const size_t at = text.find("service_account");
  const Span match{at, at + 15};
  const CheckResult result = Run("gcp-service-account", text, match, match);
  CHECK(result.outcome == CheckResult::Outcome::kPass);
  CHECK(Detail(result, "project_id") == "acme-1");
  CHECK(result.extent.In(text) == object);

  const std::string empty =
      "{\"type\": \"service_account\", \"private_key\": \"YOUR KEY\"}";
  const Span there{10, 25};
  CHECK(Run("gcp-service-account", empty, there, there).outcome ==
        CheckResult::Outcome::kDrop);
}

}  // namespace
}  // namespace keysift
