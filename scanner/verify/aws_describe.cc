// SPDX-License-Identifier: Apache-2.0
// Steps as in the IAM User Guide ("Managing access keys", "Revoking temporary
// security credentials"), the Systems Manager User Guide (SecureString) and the
// Secrets Manager User Guide. An access key id is no secret and is shown in
// full; everything else is not.
#include "verify/aws_describe.h"

#include <algorithm>

#include "verify/aws_key_id.h"
#include "verify/marks.h"
#include "verify/text.h"

namespace keysift {
namespace {

struct AwsFacts {
  std::string key_id;  // "" if none is known
  std::string account;
  AwsKeyKind kind = AwsKeyKind::kOther;
  bool root = false;
};

constexpr const char* kTrail =
    "Look up what it did: aws cloudtrail lookup-events --lookup-attributes "
    "AttributeKey=AccessKeyId,AttributeValue=";

constexpr const char* kStore =
    "Where it should live: Parameter Store (aws ssm put-parameter --name "
    "/app/name --type SecureString --value file://secret.txt) or Secrets "
    "Manager (aws secretsmanager create-secret --name app/name --secret-string "
    "file://secret.txt).";

constexpr const char* kNoKey =
    "Better, no long-lived key at all: an IAM role for what runs in AWS, IAM "
    "Identity Center for people, OpenID Connect for CI.";

AwsFacts FactsOf(std::string_view text, const Rule& rule,
                 const Detection& detection, std::string_view path) {
  AwsFacts facts;
  if (rule.id == "aws-access-key-id") {
    facts.key_id = std::string(detection.secret.In(text));
  } else if (!detection.partner.empty()) {
    facts.key_id = std::string(detection.partner.In(text));
  }
  if (!facts.key_id.empty()) {
    facts.kind = AwsKindOf(facts.key_id);
    facts.account = AwsAccountOf(facts.key_id).value_or("");
  }
  facts.root = (detection.marks & kMarkRoot) != 0 || IsAwsRootKeyFile(path);
  return facts;
}

void AddDetails(const AwsFacts& facts, const Detection& detection,
                Description* description) {
  std::map<std::string, std::string>& details = description->details;
  const bool sample = (detection.marks & kMarkSample) != 0;
  if (!facts.key_id.empty()) {
    details["access_key_id"] = facts.key_id;
    details["aws_key_kind"] =
        facts.root ? "root account, long-lived" : AwsKindName(facts.kind);
  }
  if (!facts.account.empty() && !sample) {
    details["aws_account_id"] = facts.account;
    if (const char* owner = AwsCanaryOwner(facts.account)) {
      details["canary"] = owner;
    }
  }
  if (!detection.partner.empty()) {
    details["partner"] = facts.key_id;
  }
  if (sample) {
    details["sample"] = "yes";
  }
  if ((detection.marks & kMarkSessionToken) != 0) {
    details["session_token"] = "stands with it";
  }
}

std::string StakeOfKey(const AwsFacts& facts) {
  const std::string account = facts.account.empty()
                                  ? "an account that its id does not tell"
                                  : "account " + facts.account;
  if (facts.root) {
    return "everything in " + account +
           ": it is the root user's key, which no "
           "policy can limit";
  }
  switch (facts.kind) {
    case AwsKeyKind::kTemporary:
      return "what its role or session may do in " + account +
             ", until it expires (36 hours at most)";
    case AwsKeyKind::kBearer:
      return "the one service that it was made for, in " + account;
    case AwsKeyKind::kContext:
      return "the one service that it was made for, in " + account;
    case AwsKeyKind::kLongLived:
      return "all that its IAM user (or the root user) may do in " + account +
             ", until someone revokes it";
    case AwsKeyKind::kOther:
      break;
  }
  return "all that the key's owner may do in the account, until someone "
         "revokes it; with its id, which may stand elsewhere, it is usable";
}

std::string StakeOf(const Rule& rule, const AwsFacts& facts) {
  if (rule.id == "aws-access-key-id") {
    return "an id alone opens nothing; with its secret: " + StakeOfKey(facts);
  }
  if (rule.id == "aws-session-token") {
    return "with the temporary id and secret it belongs to: what the session "
           "may do, until it expires";
  }
  if (rule.id == "aws-bedrock-api-key") {
    return "Amazon Bedrock's models, at the account's cost";
  }
  if (rule.id == "aws-mws-auth-token") {
    return "a seller's data in Amazon Marketplace Web Service";
  }
  if (rule.id == "aws-console-password") {
    return "all that this IAM user may do in the console";
  }
  if (rule.id == "aws-mfa-seed") {
    return "the second factor: who has it makes the same codes";
  }
  return StakeOfKey(facts);
}

// Steps, one a line.
std::string RevokeLongLived(const AwsFacts& facts) {
  const std::string id = facts.key_id.empty() ? "KEY_ID" : facts.key_id;
  return "1. Make a new key for what still needs one, or a role instead.\n"
         "2. Switch this one off: aws iam update-access-key --access-key-id " +
         id + " --status Inactive --user-name USER\n" +
         "   (whose it is: aws iam get-access-key-last-used --access-key-id " +
         id + ")\n3. " + kTrail + id +
         "\n4. When nothing misses it: aws iam delete-access-key "
         "--access-key-id " +
         id + " --user-name USER\n5. " + kStore + "\n   " + kNoKey;
}

std::string RevokeRoot(const AwsFacts& facts) {
  const std::string id = facts.key_id.empty() ? "KEY_ID" : facts.key_id;
  return "1. Sign in as the root user; account menu, Security credentials, "
         "Access keys: deactivate this key, then delete it. No API call can do "
         "it for you.\n2. " +
         std::string(kTrail) + id +
         "\n3. Change the root user's password, and see that it has MFA.\n"
         "4. Make no new root key: use an IAM role or IAM Identity Center.";
}

std::string RevokeTemporary(const AwsFacts& facts) {
  const std::string id = facts.key_id.empty() ? "KEY_ID" : facts.key_id;
  return "1. Revoke the role's sessions: IAM console, the role, Revoke "
         "sessions (the policy AWSRevokeOlderSessions denies all sessions "
         "issued before now); for a user's session, deny by "
         "aws:TokenIssueTime in a policy on the user.\n2. " +
         std::string(kTrail) + id +
         "\n3. Find what wrote it into a file, and let it take credentials "
         "from the environment or the instance each time.";
}

std::string RevokeBearer() {
  return "1. Find its owner: aws iam list-service-specific-credentials "
         "--user-name USER\n2. Switch it off: aws iam "
         "update-service-specific-credential --user-name USER "
         "--service-specific-credential-id ID --status Inactive\n3. Delete it: "
         "aws iam delete-service-specific-credential --user-name USER "
         "--service-specific-credential-id ID\n4. " +
         std::string(kStore);
}

std::string RevokePassword() {
  return "1. Change it: aws iam update-login-profile --user-name USER "
         "--password-reset-required --password NEW (or take console access "
         "away: aws iam delete-login-profile --user-name USER)\n2. See that "
         "the user has MFA.\n3. Look for sign-ins: aws cloudtrail "
         "lookup-events --lookup-attributes "
         "AttributeKey=EventName,AttributeValue=ConsoleLogin\n4. People sign "
         "in best through IAM Identity Center; a password that a program "
         "needs belongs in Secrets Manager (aws secretsmanager create-secret "
         "--name app/name --secret-string file://secret.txt).";
}

std::string RevokeSeed() {
  return "1. Take the device away: aws iam deactivate-mfa-device --user-name "
         "USER --serial-number ARN, then aws iam delete-virtual-mfa-device "
         "--serial-number ARN\n2. Enrol a new one; the seed is shown once and "
         "belongs in a password manager or an authenticator, never in a "
         "file.\n3. Change the password too if it stood nearby.";
}

std::string RemediationOf(const Rule& rule, const AwsFacts& facts) {
  if (rule.id == "aws-mfa-seed") {
    return RevokeSeed();
  }
  if (rule.id == "aws-console-password") {
    return RevokePassword();
  }
  if (rule.id == "aws-bedrock-api-key") {
    return RevokeBearer();
  }
  if (rule.id == "aws-session-token") {
    return RevokeTemporary(facts);
  }
  const bool key = rule.id == "aws-access-key-id" ||
                   rule.id == "aws-access-key-pair" ||
                   rule.id == "aws-secret-access-key";
  if (!key) {
    return "";
  }
  if (facts.root) {
    return RevokeRoot(facts);
  }
  switch (facts.kind) {
    case AwsKeyKind::kTemporary:
      return RevokeTemporary(facts);
    case AwsKeyKind::kBearer:
    case AwsKeyKind::kContext:
      return RevokeBearer();
    case AwsKeyKind::kLongLived:
    case AwsKeyKind::kOther:
      break;
  }
  return RevokeLongLived(facts);
}

// The row of credentials.csv: "user,password,…,https://ACCOUNT.signin.aws…".
void AddConsoleLogin(std::string_view text, const Detection& detection,
                     Description* description) {
  constexpr std::string_view kHost = ".signin.aws.amazon.com";
  const std::string_view match = detection.match.In(text);
  const size_t host = match.find(kHost);
  if (host != std::string_view::npos) {
    const size_t slash = match.rfind('/', host);
    const std::string account(match.substr(slash + 1, host - slash - 1));
    const bool number = account.size() == 12 &&
                        std::all_of(account.begin(), account.end(), IsDigit);
    description->details[number ? "aws_account_id" : "aws_account_alias"] =
        account;
  }
  const std::string_view before =
      match.substr(0, detection.secret.begin - detection.match.begin);
  const size_t comma = before.find(',');
  if (comma != std::string_view::npos && comma < 128) {
    const size_t line = before.rfind('\n', comma);
    const size_t begin = line == std::string_view::npos ? 0 : line + 1;
    description->details["iam_user"] =
        std::string(Trim(before.substr(begin, comma - begin)));
  }
}

}  // namespace

bool IsAwsRootKeyFile(std::string_view path) {
  const std::string lower = ToLower(path.substr(path.rfind('/') + 1));
  // Browsers number copies: "rootkey (1).csv".
  return lower.rfind("rootkey", 0) == 0 && lower.size() >= 11 &&
         lower.compare(lower.size() - 4, 4, ".csv") == 0;
}

void DescribeAws(std::string_view text, const Rule& rule,
                 const Detection& detection, std::string_view path,
                 Description* description) {
  if (rule.id.rfind("aws-", 0) != 0) {
    return;
  }
  const AwsFacts facts = FactsOf(text, rule, detection, path);
  AddDetails(facts, detection, description);
  if (rule.id == "aws-console-password") {
    AddConsoleLogin(text, detection, description);
  }
  if (facts.root && (detection.marks & kMarkRoot) == 0) {
    description->reasons.emplace_back("root account's key file by its name");
  }
  if ((detection.marks & kMarkSample) != 0) {
    description->details["stake"] =
        "nothing: it is a sample from AWS's documentation";
    description->remediation =
        "Nothing to revoke. See that no real key takes its place here.";
    return;
  }
  if ((detection.marks & kMarkCanary) != 0) {
    description->details["stake"] =
        "nothing of value: it is a canary token; using it alarms its owner";
    description->remediation =
        "Do not use or test it. If it is yours, it works as meant; if not, "
        "leave it alone.";
    return;
  }
  const std::string stake = StakeOf(rule, facts);
  description->details["stake"] = stake;
  description->description += ". At stake: " + stake + ".";
  const std::string steps = RemediationOf(rule, facts);
  if (!steps.empty()) {
    description->remediation = steps;
  }
}

}  // namespace keysift
