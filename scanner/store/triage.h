// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "finding/finding.h"
#include "store/bulk_store.h"

namespace keysift {

// The states that a finding may be in; without a decision it is "open".
const std::vector<std::string>& TriageStates();

// A decision about findings.
struct TriageDecision {
  std::vector<std::string> fingerprints;
  std::string state;
  std::string author;
  std::string reason;
};

// Writes a decision down, all of it or nothing. Earlier ones stay as history;
// this one counts, also if the clock was set back since. Fails with kUsage on
// an unknown state, an empty reason or author, or a fingerprint that the store
// does not hold.
Result<void> Decide(const BulkStore& store, const TriageDecision& decision,
                    int64_t now);

// The decision that counts, by fingerprint.
Result<std::map<std::string, Triage>> CurrentTriage(const BulkStore& store);

}  // namespace keysift
