// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "finding/scan_report.h"

namespace keysift {

// A fixed report with one of everything: a pair with two places, a removed key
// in an archive behind a decoding, a weak match in a commit's message, and
// gaps.
inline ScanReport SampleReport() {
  ScanReport report;
  report.rules_hash = "0123456789abcdef";
  report.target = {"repository", "/srv/demo", std::string(40, 'a'), "main", ""};
  report.coverage.objects_total = 1234;
  report.coverage.objects_scanned = 1231;
  report.coverage.objects_reachable = 1200;
  report.coverage.objects_absent = 3;
  report.coverage.objects_hashed = 40;
  report.coverage.bytes_total = 5600000;
  report.coverage.bytes_scanned = 5500000;
  report.coverage.refs = 7;
  report.coverage.files_scanned = 42;
  report.coverage.digest = "d1";
  report.coverage.suppressed_ignore = 2;
  report.coverage.suppressed_inline = 1;
  report.coverage.below_confidence = 4;

  Finding pair;
  pair.fingerprint = "ks1-00112233445566778899aabbccddeeff";
  pair.rule_id = "aws-secret-access-key";
  pair.description =
      "AWS secret access key of a long-lived key pair: whoever has it acts as "
      "this user.";
  pair.severity = Severity::kCritical;
  pair.confidence = Confidence::kCertain;
  pair.reasons = {"regex", "entropy 4.6", "paired with an access key ID"};
  pair.secret = {"wJal********", 40, std::nullopt};
  pair.details = {{"aws_account_id", "123456789012"},
                  {"key_type", "long-lived key of an IAM user"}};
  pair.first_commit = CommitSummary{
      "1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c", "Jane Doe <jane@example.org>",
      "2024-03-01T10:20:30Z", "Add deployment script"};
  pair.in_head = true;
  pair.reachable = true;
  pair.refs = {"main", "release/1.0", "feature/x", "tags/v1.0"};
  pair.refs_total = 12;
  pair.locations.resize(7);
  for (size_t i = 0; i < pair.locations.size(); ++i) {
    Location& place = pair.locations[i];
    place.path = "deploy/config_" + std::to_string(i) + ".ini";
    place.kind = "blob";
    place.line = place.end_line = 12 + i;
    place.column = 9;
    place.end_column = 49;
    place.commit = pair.first_commit->id;
    place.blob = std::string(40, 'b');
  }
  pair.snippet = "    secret = 'wJal********'";
  pair.tags = {"aws", "cloud"};
  pair.remediation =
      "1. Deactivate the access key, then delete it: aws iam update-access-key "
      "--status Inactive --access-key-id ID. 2. Look for its use in "
      "CloudTrail. "
      "3. Keep the new one in Secrets Manager.";
  pair.revoke_url =
      "https://console.aws.amazon.com/iam/home#/security_credentials";

  Finding key;
  key.fingerprint = "ks1-ffeeddccbbaa99887766554433221100";
  key.rule_id = "private-key";
  key.description = "Private key";
  key.severity = Severity::kHigh;
  key.confidence = Confidence::kLikely;
  key.reasons = {"regex"};
  key.secret = {"-----BEGIN PRIVATE KEY-----********", 1704, std::nullopt};
  key.first_commit = CommitSummary{std::string(40, 'c'), "Bob <b@example.org>",
                                   "2023-01-02T03:04:05Z", "Import"};
  key.removed_commit =
      CommitSummary{std::string(40, 'd'), "Bob <b@example.org>",
                    "2023-01-03T03:04:05Z", "Remove keys"};
  key.reachable = true;
  key.refs = {"main"};
  key.refs_total = 1;
  Location member;
  member.path = "backup.zip";
  member.kind = "blob";
  member.line = 3;
  member.column = 1;
  member.end_line = 30;
  member.end_column = 26;
  member.commit = key.first_commit->id;
  member.blob = std::string(40, 'e');
  member.member = "etc/ssl/server.pem";
  member.decoding = {"base64"};
  key.locations = {member};
  key.remediation = "Make a new key pair and have the certificate revoked.";

  Finding message;
  message.fingerprint = "ks1-0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f";
  message.rule_id = "generic-password";
  message.description = "Password";
  message.severity = Severity::kLow;
  message.confidence = Confidence::kPossible;
  message.secret = {"********", 7, std::nullopt};
  message.first_commit = CommitSummary{
      std::string(40, 'f'), "Eve <e@x.example>", "2022-01-01T00:00:00Z", "tmp"};
  Location text;
  text.kind = "commit message";
  text.line = text.end_line = 4;
  text.column = 2;
  text.end_column = 9;
  text.commit = text.blob = std::string(40, 'f');
  message.locations = {text};

  report.findings = {pair, key, message};
  for (int i = 0; i < 7; ++i) {
    report.gaps.push_back({GapKind::kMissing,
                           "object " + std::to_string(i) + std::string(39, '7'),
                           "named by tree " + std::string(40, '8'), 0, ""});
  }
  report.gaps.push_back({GapKind::kDamaged, "pack-1.pack", "pack-1.pack:4711",
                         2048, "the entry does not inflate"});
  return report;
}

// Every string that comes from a repository is `evil`; ours are as they are.
inline ScanReport ReportOf(const std::string& evil) {
  ScanReport report;
  report.target = {"repository", evil, "", evil, evil};
  Finding finding;
  finding.fingerprint = "ks1-00112233445566778899aabbccddeeff";
  finding.rule_id = "some-rule";
  finding.description = evil;
  finding.secret = {evil, 10, std::nullopt};
  finding.reasons = {evil};
  finding.details = {{"note", evil}};
  finding.first_commit = CommitSummary{"0a1b", evil, evil, evil};
  finding.removed_commit = CommitSummary{"0c1d", evil, evil, evil};
  finding.refs = {evil};
  finding.refs_total = 1;
  finding.snippet = evil;
  finding.tags = {evil};
  finding.remediation = evil;
  finding.revoke_url = evil;
  for (const char* kind : {"blob", "file name", "file", "commit message"}) {
    Location location;
    location.kind = kind;
    location.path = kind == std::string("commit message") ? "" : evil;
    location.line = location.end_line = 1;
    location.column = 1;
    location.end_column = 2;
    location.commit = "0a1b";
    location.member = evil;
    location.decoding = {evil};
    finding.locations.push_back(location);
  }
  report.findings = {finding};
  report.gaps = {{GapKind::kDamaged, evil, evil, 1, evil}};
  return report;
}

}  // namespace keysift
