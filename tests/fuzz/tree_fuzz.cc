// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "git/tree.h"

KEYSIFT_FUZZ_TARGET {
  keysift::TreeReader reader(input);
  keysift::TreeEntry entry;
  for (keysift::Result<bool> next = reader.Next(&entry); next && *next;
       next = reader.Next(&entry)) {
    keysift::Expect(!entry.name.empty());
    keysift::Touch(entry.name);
    keysift::Touch(entry.raw_id);
    entry.kind();
  }
}
