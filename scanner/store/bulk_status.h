// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/bulk_store.h"

namespace keysift {

// How far a store is.
struct BulkStatus {
  int64_t scans = 0;
  bool unfinished = false;  // the last scan was cut off, or runs now
  std::string started;      // of the last scan; RFC 3339
  std::string finished;
  int64_t done = 0;    // repositories scanned or seen unchanged by it
  int64_t failed = 0;  // repositories whose last scan failed
  int64_t left = 0;    // known repositories that the last scan has not reached
  int64_t findings = 0;
  int64_t open = 0;  // findings that nobody has decided about, or so decided
  std::map<std::string, int64_t> decided;  // findings by other states
  struct Failure {
    std::string repository;
    std::string reason;
  };
  std::vector<Failure> failures;  // by name
};
Result<BulkStatus> ReadStatus(const BulkStore& store);

// A finding that came or went between two scans.
struct BulkChange {
  std::string repository;
  std::string fingerprint;
  std::string rule_id;
  bool is_new = false;  // else gone
};
struct BulkDiff {
  std::vector<BulkChange> changes;  // by repository, rule, fingerprint
  int64_t unchanged = 0;            // held before and after
};
// What scan `to` holds and scan `from` (0: before the first) did not, and the
// reverse, by repository. Fails with kUsage if the store has no such scan.
Result<BulkDiff> DiffScans(const BulkStore& store, int64_t from, int64_t to);

// One key in one repository, over time: for accounts of cloud providers.
struct TimelineEntry {
  std::string account;  // "" where the key does not tell it
  std::string key;      // its id, "" where only the secret was found
  std::string fingerprint;
  std::string rule_id;
  std::string repository;
  std::string introduced;  // RFC 3339; "" if no commit brought it in
  std::string removed;     // from HEAD; "" if it was not
  int64_t days = -1;       // from introduced to removed; -1: not removed
  bool in_head = false;
  bool in_history = false;  // a ref still reaches it
  std::string refs;         // JSON: an array of names
  // Gone from HEAD while the same repository has a later key of the account.
  bool rotated = false;
  std::string state;  // of triage
};
// As the view `timeline` has it: by account, a key's first appearance, key,
// time and repository. `account`: only that one; "": all.
Result<std::vector<TimelineEntry>> ReadTimeline(const BulkStore& store,
                                                const std::string& account);

}  // namespace keysift
