// SPDX-License-Identifier: Apache-2.0
#include "git/tag.h"

#include <optional>

#include "git/header_lines.h"

namespace keysift {

Result<Tag> Tag::Parse(std::string_view bytes) {
  Tag tag;
  HeaderLines lines(bytes);
  if (!lines.Next() || lines.key() != "object" || !lines.id()) {
    return Fail(ErrorKind::kDamaged, "the tag does not start with an object");
  }
  tag.target = *lines.id();
  std::optional<ObjectType> type;
  if (lines.Next() && lines.key() == "type") {
    type = ParseObjectType(lines.value());
  }
  if (!type) {
    return Fail(ErrorKind::kDamaged, "the tag does not state a known type");
  }
  tag.target_type = *type;
  while (lines.Next()) {
    if (lines.key() == "tag" && tag.name.empty()) {
      tag.name = lines.value();
    } else if (lines.key() == "tagger" && tag.tagger.raw.empty()) {
      tag.tagger = Signature::Parse(lines.value());
    }
  }
  tag.message_offset = lines.message_offset();
  tag.message = bytes.substr(tag.message_offset);
  return tag;
}

std::string Tag::Summary() const { return SummaryOf(message); }

}  // namespace keysift
