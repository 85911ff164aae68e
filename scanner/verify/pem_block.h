// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/span.h"

namespace keysift {

// A PEM block (RFC 7468), as it stands in files, strings, comments and diffs;
// with four dashes and spaces, SSH2's form (RFC 4716).
struct PemBlock {
  std::string label;  // "RSA PRIVATE KEY"; "" if no block begins here
  std::string body;   // the base64 characters alone
  Span span;          // from the first '-' to the last, or as far as it goes
  bool complete = false;   // the END line was reached
  bool encrypted = false;  // a header says so (RFC 1421)
};

// Where the first BEGIN line of either form starts, or npos.
size_t FindPemBegin(std::string_view text);

// Reads the block whose BEGIN line starts at `begin`. Goes on over line ends
// written as \n, quotes and '+' between lines, indents, comment marks and
// diff marks; stops at anything else, and after kMaxPemBytes.
PemBlock ReadPemBlock(std::string_view text, uint64_t begin);

constexpr uint64_t kMaxPemBytes = 64 << 10;

}  // namespace keysift
