// SPDX-License-Identifier: Apache-2.0
#include "verify/checks.h"

#include "verify/check_list.h"
#include "verify/check_service_key.h"

namespace keysift {

// What each name promises; the formats' sources stand in the files. "Passes"
// of a proof make a finding certain, and no filter drops it; a failed check
// takes one step of confidence.
const std::vector<Check>& AllChecks() {
  constexpr Check::Reach kBody = Check::Reach::kBody;
  constexpr Check::Reach kLocal = Check::Reach::kLocal;
  constexpr Check::Weight kProof = Check::Weight::kProof;
  constexpr Check::Weight kSign = Check::Weight::kSign;
  static const std::vector<Check> checks = {
      // The secret is an access key id; tells account, kind, canary, sample.
      {"aws-key-id", kSign, kLocal, CheckAwsKeyId},
      // The secret is 40 random base64 characters, and not part of more.
      {"aws-secret", kSign, kLocal, CheckAwsSecretKey},
      // sv=…&sig=…: the other fields are such as the service accepts.
      {"azure-sas", kSign, kLocal, CheckAzureSas},
      // The secret is the base64 of 64 bytes (storage, Cosmos, Batch); 32 for
      // shared access keys.
      {"azure-storage-key", kSign, kLocal, CheckAzureKey},
      // The secret is a base32 seed of a one-time password, 10 bytes or more.
      {"base32-seed", kSign, kLocal, CheckBase32Seed},
      // The secret may be the base64 of one password: tells where it is.
      {"base64-password", kSign, kLocal, CheckBase64Password},
      // The last long base64 run of the secret decodes to a known head: JSON,
      // "reftkn:", key=value.
      {"base64-payload", kSign, kLocal, CheckBase64Payload},
      // AGE-SECRET-KEY-1…: bech32's checksum.
      {"bech32-age", kProof, kLocal, CheckBech32Age},
      // ABSK… and bedrock-api-key-…: what they decode to.
      {"bedrock-key", kProof, kLocal, CheckBedrockKey},
      // ATATT…=XXXXXXXX.
      {"crc32-atlassian", kProof, kLocal, CheckCrc32Atlassian},
      // cfut_, cfat_, cfk_: 40 characters and 8 hex digits.
      {"crc32-cloudflare", kProof, kLocal, CheckCrc32Cloudflare},
      // cflt: 54 characters and 6 of base64.
      {"crc32-confluent", kProof, kLocal, CheckCrc32Confluent},
      // ghp_ and kin, npm_: 30 characters and 6 of base 62.
      {"crc32-github", kProof, kLocal, CheckCrc32Github},
      // glsa_: 32 characters, "_", 8 hex digits.
      {"crc32-grafana", kProof, kLocal, CheckCrc32Grafana},
      // zpka_: 32 characters, "_", 8 hex digits.
      {"crc32-zuplo", kProof, kLocal, CheckCrc32Zuplo},
      // The match is scheme://user:password@host; tells its parts.
      {"database-uri", kSign, kLocal, CheckDatabaseUri},
      // id.time.hmac: the id decodes to a decimal number.
      {"discord-token", kProof, kLocal, CheckDiscordToken},
      // The secret is the base64 of user:password (registry auth, Basic).
      {"docker-auth", kSign, kLocal, CheckDockerAuth},
      // The match stands in a service account's JSON object.
      {"gcp-service-account", kProof, kBody, CheckGcpServiceAccount},
      // The match leads from a credential word to a value: finds the value and
      // judges it by its name, itself and its line.
      {"generic-assignment", kSign, kLocal, CheckGenericAssignment},
      // The secret is what follows "Basic": base64 of user:password.
      {"generic-basic", kSign, kLocal, CheckGenericBasic},
      // The secret is what follows "Bearer".
      {"generic-bearer", kSign, kLocal, CheckGenericBearer},
      // Parts in base64url, the first a JSON object: a JWT or its like.
      {"generic-jose", kSign, kLocal, CheckGenericJose},
      // The secret stands where a password does, and might be one.
      {"generic-bytes", kSign, kLocal, CheckGenericBytes},
      {"generic-value", kSign, kLocal, CheckGenericValue},
      // glpat-….01.xxyyyyyyy: length and CRC-32 in base 36.
      {"gitlab-routable", kSign, kLocal, CheckGitlabRoutable},
      // The match is jdbc:…password=…; tells the host.
      {"jdbc-url", kSign, kLocal, CheckJdbcUrl},
      // Header and claims decode to JSON; tells algorithm, issuer, expiry.
      {"jwt", kSign, kLocal, CheckJwt},
      // otpauth://…: the seed decodes; tells issuer and account.
      {"otpauth-uri", kSign, kLocal, CheckOtpauthUri},
      // The match holds a private key's head line: PEM, SSH2, PuTTY, or PEM in
      // base64.
      {"pem-private-key", kProof, kBody, CheckPemPrivateKey},
      // pypi-…: a macaroon of version 2 for pypi.org.
      {"pypi-macaroon", kProof, kLocal, CheckPypiMacaroon},
      // A service of service_list.cc is named before the secret and has keys of
      // this form: that much of it is the key.
      {"service-key", kSign, kLocal, CheckServiceKey},
      // The secret is a UUID with a version and a variant.
      {"uuid", kSign, kLocal, CheckUuid},
      // The secret is a random UUID, of version 4.
      {"uuid4", kSign, kLocal, CheckUuid4},
  };
  return checks;
}

const Check* FindCheck(std::string_view name) {
  for (const Check& check : AllChecks()) {
    if (name == check.name) {
      return &check;
    }
  }
  return nullptr;
}

}  // namespace keysift
