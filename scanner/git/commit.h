// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"
#include "git/signature.h"

namespace keysift {

// A commit object's content, taken apart. Views live as long as its bytes.
struct Commit {
  ObjectId tree;
  std::vector<ObjectId> parents;
  Signature author;
  Signature committer;
  std::string_view encoding;    // of the message; empty means UTF-8
  uint64_t message_offset = 0;  // where the message starts in the content
  std::string_view message;     // all after the first empty line

  // Fails with kDamaged if tree or parents do not parse. A missing or broken
  // author, committer or message is left empty: it hides no object.
  static Result<Commit> Parse(std::string_view bytes);

  // The message's first paragraph on one line, as git shows it.
  std::string Summary() const;
};

}  // namespace keysift
