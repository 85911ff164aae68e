// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "git/object_id.h"

namespace keysift {

// The head of a commit or tag: lines of a key, a space and a value, up to an
// empty line; then the message. A line that starts with a space continues the
// one before (signatures) and is passed over. A view over bytes that outlive
// it; one thread.
class HeaderLines {
 public:
  explicit HeaderLines(std::string_view bytes) : bytes_(bytes) {}

  // Moves to the next line; false at the end of the head. key() and value()
  // are its parts.
  bool Next();
  std::string_view key() const { return key_; }
  std::string_view value() const { return value_; }

  // The value as an id, if it is exactly that.
  std::optional<ObjectId> id() const { return ObjectId::FromHex(value_); }

  // After Next() was false: where the message starts.
  uint64_t message_offset() const { return position_; }

 private:
  std::string_view bytes_;
  uint64_t position_ = 0;
  std::string_view key_;
  std::string_view value_;
};

// The first paragraph of a message on one line, as git shows it.
std::string SummaryOf(std::string_view message);

}  // namespace keysift
