// SPDX-License-Identifier: Apache-2.0
#include "finding/gap.h"

#include <array>

namespace keysift {
namespace {

struct KindText {
  const char* name;
  const char* advice;
};

// In the order of GapKind.
constexpr std::array<KindText, 13> kKinds = {{
    {"missing",
     "Run `git fsck`, then fetch the objects again from a complete copy."},
    {"promised",
     "This is a partial clone: scan a full clone, or run `git fetch "
     "--refetch --no-filter` first."},
    {"shallow",
     "The history is cut here: run `git fetch --unshallow`, then scan again."},
    {"damaged",
     "Run `git fsck --full` and restore the object from another copy."},
    {"unsupported",
     "keysift cannot read this format: convert it or scan a plain clone."},
    {"too-large",
     "Raise --max-file-size, or accept it with --allow-gaps too-large."},
    {"unreadable",
     "Give the user who scans the right to read it, then scan again."},
    {"encrypted",
     "Decrypt it and scan the contents, or accept it with --allow-gaps "
     "encrypted."},
    {"submodule",
     "Scan it as well with --submodules, or as a target of its own."},
    {"lfs", "Run `git lfs fetch --all` and scan the files that it brings."},
    {"budget",
     "The work limit for one object was reached: look at it by hand, or "
     "accept it with --allow-gaps budget."},
    {"timeout", "Raise --timeout and scan again."},
    {"interrupted", "The scan was stopped: run it again to the end."},
}};

}  // namespace

const char* GapKindName(GapKind kind) {
  return kKinds[static_cast<size_t>(kind)].name;
}

const char* GapKindAdvice(GapKind kind) {
  return kKinds[static_cast<size_t>(kind)].advice;
}

bool ParseGapKind(const std::string& name, GapKind* kind) {
  for (size_t i = 0; i < kKinds.size(); ++i) {
    if (name == kKinds[i].name) {
      *kind = static_cast<GapKind>(i);
      return true;
    }
  }
  return false;
}

}  // namespace keysift
