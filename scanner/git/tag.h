// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/object_id.h"
#include "git/signature.h"

namespace keysift {

// An annotated tag's content, taken apart. Views live as long as its bytes.
struct Tag {
  ObjectId target;
  ObjectType target_type = ObjectType::kNone;
  std::string_view name;
  Signature tagger;             // empty in the oldest tags
  uint64_t message_offset = 0;  // where the message starts in the content
  std::string_view message;     // all after the first empty line

  // Fails with kDamaged if object or type do not parse.
  static Result<Tag> Parse(std::string_view bytes);

  // The message's first paragraph on one line.
  std::string Summary() const;
};

}  // namespace keysift
