// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/span.h"
#include "match/hit.h"
#include "rule/rule.h"

namespace keysift {

struct Decoder;

// What verification made of one hit by looking at the bytes around it only
// (its Window). A pure function of (rule set, bytes [low, high), whether they
// end at an edge of the text), so that a walk over deltas may carry it to
// another text in which those bytes were copied as one piece.
struct LocalVerdict {
  Hit hit;
  // What was looked at: [low, high) in the text. low == -1: also that the text
  // begins at 0. high == size + 1: also that the text ends there.
  int64_t low = 0;
  int64_t high = 0;
  Span match;   // of the full form; empty if rejected
  Span secret;  // inside `match`
  bool accepted = false;
  Confidence confidence = Confidence::kLikely;
  uint32_t marks = 0;  // bit set of what raised or lowered it; verify's own
  const Decoder* written = nullptr;  // as a Detection's

  // The same verdict, in a text where the bytes lie `by` further on.
  LocalVerdict Shifted(int64_t by) const;
};

// A credential in one text: what is left of local verdicts after they were
// looked at together (pairing, composites, bodies). Belongs to that text and is
// never carried.
struct Detection {
  uint32_t rule = 0;
  Span match;
  Span secret;
  // Of a composite: the other part (an access key's id); empty if alone.
  Span partner;
  uint32_t partner_rule = 0;
  Severity severity = Severity::kHigh;
  Confidence confidence = Confidence::kLikely;
  uint32_t marks = 0;
  // What the secret is written in (written_value.h); null: it stands as it is.
  const Decoder* written = nullptr;
};

}  // namespace keysift
