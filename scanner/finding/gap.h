// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace keysift {

// Why something could not be scanned.
enum class GapKind {
  kMissing,      // named by the history, in no pack and not loose
  kPromised,     // left out by a partial clone
  kShallow,      // the history is cut there
  kDamaged,      // bytes that do not parse, inflate or hash
  kUnsupported,  // SHA-256, reftable, an unknown extension
  kTooLarge,     // over a stated limit
  kUnreadable,   // the operating system refused
  kEncrypted,    // a file that is encrypted as a whole
  kSubmodule,    // another repository, not asked for
  kLfs,          // a Git LFS pointer: the content is elsewhere
  kBudget,       // a work limit was reached
  kTimeout,      // the time limit was reached
  kInterrupted,  // stopped by a signal
};

// Something that was in scope and was not scanned.
struct Gap {
  GapKind kind = GapKind::kDamaged;
  std::string what;    // "object 1f2e…", "pack-….pack"
  std::string where;   // path, or pack:offset
  uint64_t bytes = 0;  // how many, where known
  std::string detail;  // why, in words
};

// The kind's name in reports and for --allow-gaps: "missing", "promised", …
const char* GapKindName(GapKind kind);
// What the user can do about it: one sentence.
const char* GapKindAdvice(GapKind kind);
bool ParseGapKind(const std::string& name, GapKind* kind);

}  // namespace keysift
