// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace keysift {

// What raised or lowered a verdict, one bit each, so that a carried verdict
// stays small and reasons are written only for what is reported.
enum Mark : uint32_t {
  kMarkEntropy = 1u << 0,        // the rule's entropy was asked and reached
  kMarkKeyword = 1u << 1,        // one of the rule's keywords stands near
  kMarkProved = 1u << 2,         // a checksum or full parse passed
  kMarkShaped = 1u << 3,         // a structure check passed
  kMarkCheckFailed = 1u << 4,    // a checksum or structure check failed
  kMarkPlaceholder = 1u << 5,    // holds a placeholder word
  kMarkSequence = 1u << 6,       // repeated or sequential characters
  kMarkSample = 1u << 7,         // a documented sample value
  kMarkCanary = 1u << 8,         // a known canary-token account
  kMarkPaired = 1u << 9,         // stands with its other part
  kMarkRoot = 1u << 10,          // a root account's key file
  kMarkEncrypted = 1u << 11,     // a key protected by a passphrase
  kMarkTruncated = 1u << 12,     // the body is cut short
  kMarkContext = 1u << 13,       // words near it say what it is
  kMarkSessionToken = 1u << 14,  // the session token stands with it
  kMarkLocalHost = 1u << 15,     // for a server on this machine
  kMarkBareSecret = 1u << 16,    // found only by standing near its id
  kMarkReference = 1u << 17,     // looks like a reference to a secret
  kMarkNamedSecret = 1u << 18,   // a generic rule takes it for a secret too
  kMarkLoose = 1u << 19,         // of a format's shape, not of its content
  kMarkExample = 1u << 20,       // in a description of an API
  // From here on: the content half of the rule's n-th allowlist that also asks
  // for a place holds; the place is judged later.
  kMarkAllowed = 1u << 24,
};

constexpr int kMaxSplitAllowlists = 8;

// The marks in words, in a fixed order.
std::vector<std::string> MarkReasons(uint32_t marks);

}  // namespace keysift
