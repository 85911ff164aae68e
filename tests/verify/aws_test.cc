// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "tests/verify/fake_rules.h"
#include "verify/aws_key_id.h"
#include "verify/aws_secret.h"
#include "verify/marks.h"

namespace keysift {
namespace {

// Made up from the format: accounts 123456789012 and 210987654321.
constexpr const char* kId1 = "AKIARZPUZDIKAJ2LWM3X";
constexpr const char* kId2 = "AKIATCH6YDSYQWOCC5Z6";
constexpr const char* kSecret1 = "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";
constexpr const char* kSecret2 = "Z8vL1pQe6RtY3uWx9AsD/fGh2JkM5nB4cV7bNq+T";

RuleSet AwsRuleSet() {
  RuleSet rules;
  rules.rules.push_back(RuleOf("aws-access-key-id",
                               "\\b((?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16})\\b"));
  rules.rules.back().checks = {"aws-key-id"};
  rules.rules.back().severity = Severity::kMedium;
  rules.rules.push_back(
      RuleOf("aws-secret-access-key",
             "(?i:secret)[\\w ]{0,20}[\"']?[\\t ]{0,4}[=:][\\t ]{0,4}[\"']?"
             "([0-9A-Za-z+/]{40})(?:[^0-9A-Za-z+/=]|\\z)"));
  rules.rules.back().checks = {"aws-secret"};
  rules.rules.back().severity = Severity::kCritical;
  rules.rules.push_back(RuleOf("aws-access-key-pair", "\\bnever-there\\b"));
  rules.rules.back().severity = Severity::kCritical;
  rules.rules.push_back(
      RuleOf("aws-session-token",
             "token[ =]{1,3}(IQoJb3JpZ2luX2Vj[0-9A-Za-z+/]{40,400})"));
  return rules;
}

struct Pair {
  std::string id;
  std::string secret;
  bool operator==(const Pair&) const = default;
};

const RuleSet& Rules() {
  static const RuleSet rules = AwsRuleSet();
  return rules;
}

const Verifier& TheVerifier() {
  static const Verifier verifier(&Rules(), nullptr);
  return verifier;
}

std::vector<Detection> Find(const std::string& text) {
  return FindAll(TheVerifier(), Rules().rules.size(), text);
}

std::vector<Pair> PairsIn(const std::string& text) {
  std::vector<Pair> pairs;
  for (const Detection& d : Find(text)) {
    if (Rules().rules[d.rule].id == "aws-access-key-pair") {
      pairs.push_back(
          {std::string(d.partner.In(text)), std::string(d.secret.In(text))});
    }
  }
  return pairs;
}

TEST_CASE("the account is read from the key id, as published") {
  CHECK(AwsAccountOf("ASIAQNZGKIQY56JQ7WML") == "029608264753");
  CHECK(AwsAccountOf("ASIAY34FZKBOKMUTVV7A") == "609629065308");
  CHECK(AwsAccountOf("AKIASP2TPHJSQH3FJRUX") == "171436882533");
  CHECK(AwsAccountOf("AKIAQAAAAAAVA5ZK7TBN") == "000000000042");
}

TEST_CASE("ids of the old generation and non-ids tell no account") {
  CHECK_FALSE(AwsAccountOf("AKIAIOSFODNN7EXAMPLE").has_value());
  CHECK_FALSE(AwsAccountOf("AKIAJ7ZQ4KXW2MVB3TNP").has_value());
  CHECK_FALSE(AwsAccountOf("AKIAQ1111111111111111").has_value());
  CHECK_FALSE(AwsAccountOf("AKIA").has_value());
}

TEST_CASE("prefixes tell the kind") {
  CHECK(AwsKindOf("AKIA") == AwsKeyKind::kLongLived);
  CHECK(AwsKindOf("ASIA") == AwsKeyKind::kTemporary);
  CHECK(AwsKindOf("ABIA") == AwsKeyKind::kBearer);
  CHECK(AwsKindOf("ACCA") == AwsKeyKind::kContext);
  CHECK(AwsKindOf("AROA") == AwsKeyKind::kOther);
}

TEST_CASE("secrets are told from hashes, paths and words") {
  CHECK(JudgeAwsSecret(kSecret1) == AwsSecretLooks::kRandom);
  CHECK(JudgeAwsSecret(kSecret2) == AwsSecretLooks::kRandom);
  for (const char* other : {
           "3f786850e387550fdab836ed7e6dc881de23001b",
           "com/amazonaws/services/dynamodbv2/AmazonD",
           "src/main/java/org/example/SecretKeyUtil1",
           "ThisIsAVeryLongIdentifierNameForAMethod1",
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
       }) {
    CHECK(JudgeAwsSecret(other) == AwsSecretLooks::kNo);
  }
}

TEST_CASE("a pair is one detection, in both orders and many forms") {
  const std::string id = kId1;
  const std::string secret = kSecret1;
  const std::vector<std::string> texts = {
      "[default]\naws_access_key_id = " + id +
          "\naws_secret_access_key = " + secret + "\nregion = x\n",
      "export AWS_SECRET_ACCESS_KEY=" + secret +
          "\nexport AWS_ACCESS_KEY_ID=" + id + "\n",
      "{\"accessKeyId\": \"" + id + "\",\n \"secretAccessKey\": \"" + secret +
          "\"}",
      "{\"a\":\"" + id + "\",\"b\":\"" + secret + "\"}",
      "User name,Password,Access key ID,Secret access key\nann,Pw12," + id +
          "," + secret + ",https://x.signin.aws.amazon.com/console\n",
      "Access key ID,Secret access key\r\n" + id + "," + secret + "\r\n",
      "provider \"aws\" {\n  access_key = \"" + id + "\"\n  secret_key = \"" +
          secret + "\"\n}\n",
      "client = boto3.client('s3', '" + id + "',\n    '" + secret + "')\n",
      "key: " + id + "\nother: 1\nx: 2\n\nsecret: " + secret + "\n",
      "new BasicAWSCredentials(\"" + id + "\", \"" + secret + "\");",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK(PairsIn(text) == std::vector<Pair>{{id, secret}});
    CHECK(Find(text).size() == 1);
  }
}

TEST_CASE("several pairs each find their own") {
  const std::string a = kId1;
  const std::string b = kId2;
  const std::string s = kSecret1;
  const std::string t = kSecret2;
  const std::vector<Pair> expected = {{a, s}, {b, t}};
  const std::vector<std::string> texts = {
      "id=" + a + "\nsecret=" + s + "\nid=" + b + "\nsecret=" + t + "\n",
      "secret=" + s + "\nid=" + a + "\nsecret=" + t + "\nid=" + b + "\n",
      "id=" + a + "\nid=" + b + "\nsecret=" + s + "\nsecret=" + t + "\n",
      "id=" + a + "\nsecret=" + s + "\nsecret=" + t + "\nid=" + b + "\n",
      "[{\"k\":\"" + a + "\",\"s\":\"" + s + "\"},{\"k\":\"" + b +
          "\",\"s\":\"" + t + "\"}]",
      a + "," + s + "\n" + b + "," + t + "\n",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK(PairsIn(text) == expected);
  }
}

TEST_CASE("names overrule the order") {
  const std::string text = std::string("PROD_AWS_ACCESS_KEY_ID=") + kId1 +
                           "\nDEV_AWS_ACCESS_KEY_ID=" + kId2 +
                           "\nDEV_AWS_SECRET_ACCESS_KEY=" + kSecret2 +
                           "\nPROD_AWS_SECRET_ACCESS_KEY=" + kSecret1 + "\n";
  CHECK(PairsIn(text) == std::vector<Pair>{{kId2, kSecret2}, {kId1, kSecret1}});
}

TEST_CASE("an id alone and a secret alone stay what they are") {
  const std::string far(6, '\n');
  const std::string text =
      std::string("id=") + kId1 + far + "secret=" + kSecret1 + "\n";
  const std::vector<Detection> found = Find(text);
  REQUIRE(found.size() == 2);
  CHECK(PairsIn(text).empty());
  CHECK(PairsIn(std::string("id=") + kId1 + std::string(5, '\n') +
                "secret=" + kSecret1)
            .size() == 1);
}

TEST_CASE("a SHA-1 near an id is no secret") {
  const std::string text = std::string("id=") + kId1 +
                           "\ncommit 3f786850e387550fdab836ed7e6dc881de23001b";
  CHECK(PairsIn(text).empty());
}

TEST_CASE("a description tells account, kind, stake and steps") {
  const std::string text =
      std::string("id=") + kId1 + "\nsecret=" + kSecret1 + "\n";
  const std::vector<Detection> found = Find(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::kCertain);
  CHECK(found[0].severity == Severity::kCritical);
  Description told = TheVerifier().Describe(text, found[0]);
  CHECK(told.details["access_key_id"] == kId1);
  CHECK(told.details["aws_account_id"] == AwsAccountOf(kId1));
  CHECK(told.details["aws_key_kind"] == "long-lived");
  CHECK(told.remediation.find("update-access-key --access-key-id " +
                              std::string(kId1) + " --status Inactive") !=
        std::string::npos);
  CHECK(told.remediation.find("--type SecureString") != std::string::npos);
  CHECK(told.remediation.find("create-secret") != std::string::npos);
  CHECK(told.description.find("123456789012") != std::string::npos);
  CHECK(told.description.find(". At stake: all") != std::string::npos);
  for (const auto& [name, value] : told.details) {
    CHECK(value.find(kSecret1) == std::string::npos);
  }
}

TEST_CASE("a temporary pair tells that its session token stands there") {
  const std::string id = "ASIA" + std::string(kId1).substr(4);
  const std::string text = "id=" + id + "\nsecret=" + kSecret1 +
                           "\ntoken = IQoJb3JpZ2luX2Vj" + kSecret2 + kSecret1 +
                           "\n";
  const std::vector<Detection> found = Find(text);
  REQUIRE(found.size() == 2);
  CHECK((found[0].marks & kMarkSessionToken) != 0);
  Description told = TheVerifier().Describe(text, found[0]);
  CHECK(told.details["aws_key_kind"] == "temporary");
  CHECK(told.remediation.find("Revoke sessions") != std::string::npos);
}

TEST_CASE("documented samples are labelled, not hidden") {
  const std::string text =
      "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
      "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
  const std::vector<Detection> found = Find(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::kPossible);
  CHECK(found[0].severity == Severity::kLow);
  Description told = TheVerifier().Describe(text, found[0]);
  CHECK(told.details["sample"] == "yes");
  CHECK(told.details.count("aws_account_id") == 0);
}

TEST_CASE("canary accounts are labelled, not hidden") {
  const std::string text = "id=AKIASP2TPHJSQH3FJRUX\n";
  const std::vector<Detection> found = Find(text);
  REQUIRE(found.size() == 1);
  CHECK((found[0].marks & kMarkCanary) != 0);
  CHECK(found[0].severity == Severity::kLow);
  Description told = TheVerifier().Describe(text, found[0]);
  CHECK(told.details["canary"] == "canarytokens.org");
  CHECK(told.remediation.find("Do not use") != std::string::npos);
}

TEST_CASE("a root account's key file is critical, by form or by name") {
  const std::string old = std::string("AWSAccessKeyId=") + kId1 +
                          "\r\nAWSSecretKey=" + kSecret1 + "\r\n";
  const std::vector<Detection> found = Find(old);
  REQUIRE(found.size() == 1);
  CHECK((found[0].marks & kMarkRoot) != 0);
  Description told = TheVerifier().Describe(old, found[0]);
  CHECK(told.description.find("root user's key") != std::string::npos);

  const std::string csv = std::string("Access key ID,Secret access key\n") +
                          kId1 + "," + kSecret1 + "\n";
  std::vector<Detection> listed = Find(csv);
  REQUIRE(listed.size() == 1);
  CHECK((listed[0].marks & kMarkRoot) == 0);
  listed[0].severity = Severity::kHigh;
  const Verifier& verifier = TheVerifier();
  CHECK(verifier.Judge(listed[0], kSecret1, "a/accessKeys.csv", "").severity ==
        Severity::kHigh);
  CHECK(verifier.Judge(listed[0], kSecret1, "keys/rootkey (1).csv", "")
            .severity == Severity::kCritical);
  CHECK(verifier.Describe(csv, listed[0], "rootkey.csv")
            .remediation.find("Sign in as the root user") != std::string::npos);
}

}  // namespace
}  // namespace keysift
