// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/span.h"
#include "match/hit.h"
#include "rule/rule.h"

namespace keysift {

// A hit that came to something when its text was scanned: what is found in the
// text follows from all of these alone, without matching or verifying anew.
// Holds no secret.
struct KnownHit {
  Hit hit;
  // Whether what follows is its verdict; else it has to be verified.
  bool is_decided = false;
  Confidence confidence = Confidence::kLikely;
  uint32_t marks = 0;  // LocalVerdict::marks
  Span match;
  Span secret;

  bool operator==(const KnownHit& other) const = default;
};

}  // namespace keysift
