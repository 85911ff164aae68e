// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rule/rule.h"

namespace keysift {

// One place where a secret stands. Lines and columns count from 1, columns in
// bytes; end_column is one past the last byte.
struct Location {
  std::string path;  // as git has it, raw bytes; "" for messages
  // Reports over many repositories: its name, which is then in front of `path`
  // as well. Else "".
  std::string repository = {};
  std::string kind;  // "blob", "commit message", "tag message", "file name",
                     // "index", "file", "stdin"
  uint64_t line = 0;
  uint64_t column = 0;
  uint64_t end_line = 0;
  uint64_t end_column = 0;
  std::string commit;  // hex id that introduced it; "" if none is known
  std::string blob;    // hex id of the object; "" for files
  std::string member;  // path inside an archive
  std::vector<std::string> decoding;  // outermost first
  // Staged and range scans: the lines were there before. ReportBuilder sorts
  // such places out; reports have none with it set.
  bool already_there = false;
};

// The few facts of a commit that a report shows.
struct CommitSummary {
  std::string id;
  std::string author;  // "Name <mail>"
  std::string date;    // RFC 3339, UTC
  std::string summary;
};

// A secret as reports may show it. `value` is filled only where the user asked
// for secrets in full.
struct SecretText {
  std::string redacted;
  uint64_t length = 0;  // bytes
  std::optional<std::string> value;
  // SHA-1 of the secret in hex, to match other tools' baselines; "" if none is
  // in use. No writer may write it: it is as good as the secret where that is
  // weak.
  std::string sha1 = {};
};

// One of several repositories that hold a secret.
struct RepositoryHolding {
  std::string repository;  // its name
  std::optional<CommitSummary> first_commit;
  std::optional<CommitSummary> removed_commit;
  bool in_head = false;
  bool reachable = false;
  std::vector<std::string> refs;  // as in Finding
  uint64_t refs_total = 0;
  uint64_t places = 0;
};

// What a person decided about a finding.
struct Triage {
  std::string state;  // "open", "revoked", "false alarm", "accepted"
  std::string author;
  std::string reason;
  std::string time;  // RFC 3339, UTC
};

// One secret, with every place that holds it: what reports are made of. Plain
// data; strings that come from the repository are raw bytes, each writer
// escapes them for its format.
struct Finding {
  std::string fingerprint;
  std::string rule_id;
  std::string description;
  Severity severity = Severity::kHigh;
  Confidence confidence = Confidence::kLikely;
  std::vector<std::string> reasons;
  SecretText secret;
  std::map<std::string, std::string> details;
  std::optional<CommitSummary> first_commit;
  std::optional<CommitSummary> removed_commit;
  bool in_head = false;
  bool reachable = false;
  std::vector<std::string> refs;  // at most kMaxRefs, branches first
  uint64_t refs_total = 0;
  std::vector<Location> locations;  // first introduced first; never empty
  // The line of the first location, the secret in it redacted; clipped.
  std::string snippet;
  std::vector<std::string> tags;
  std::string remediation;
  std::string revoke_url;
  // Reports over many repositories: those that hold it, by name; else empty.
  std::vector<RepositoryHolding> repositories;
  std::optional<Triage> triage;

  static constexpr uint64_t kMaxRefs = 100;
};

}  // namespace keysift
