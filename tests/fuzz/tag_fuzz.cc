// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "git/tag.h"

KEYSIFT_FUZZ_TARGET {
  const keysift::Result<keysift::Tag> tag = keysift::Tag::Parse(input);
  if (tag) {
    keysift::Expect(tag->message_offset <= input.size());
    keysift::Touch(tag->message);
    keysift::Touch(tag->name);
    keysift::Touch(tag->tagger.raw);
    keysift::Touch(tag->Summary());
  }
}
