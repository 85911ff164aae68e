// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rule/regex_node.h"

namespace keysift {

// How much a byte of `set` at one place narrows a search down: −log2 of the
// share of bytes in source text that belong to the set, by a coarse model
// (English letters, code's punctuation). 0 for all bytes. An 'e' has about 4
// bits, a 'Z' 13.
double Rarity(const ByteSet& set);

}  // namespace keysift
