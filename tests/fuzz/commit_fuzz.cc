// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "git/commit.h"

KEYSIFT_FUZZ_TARGET {
  const keysift::Result<keysift::Commit> commit = keysift::Commit::Parse(input);
  if (commit) {
    keysift::Expect(commit->message_offset <= input.size());
    keysift::Touch(commit->message);
    keysift::Touch(commit->encoding);
    keysift::Touch(commit->author.raw);
    keysift::Touch(commit->author.name);
    keysift::Touch(commit->committer.email);
    keysift::Touch(commit->Summary());
  }
}
