// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/inflate.h"
#include "base/result.h"
#include "git/object_id.h"

namespace keysift {

// One object in a file of its own (gitrepository-layout, "objects/[0-9a-f][0-9
// a-f]"): a zlib stream of "type size\0" and the content. A value; owns its
// bytes.
class LooseObject {
 public:
  // Reads and unpacks a file. The sizes agree and nothing follows the stream;
  // whether the id is right is for the caller to ask: computed_id(). Fails
  // with kNotFound, kIo, kDamaged, or kTooLarge for a content above `limit`
  // bytes (then nothing of that size was ever allocated).
  static Result<LooseObject> Read(const std::string& path, uint64_t limit,
                                  Inflater* inflater);
  // The same from a file's bytes; errors have no place.
  static Result<LooseObject> Parse(std::string_view compressed, uint64_t limit,
                                   Inflater* inflater);

  ObjectType type() const { return type_; }
  // Valid until the object is moved or goes.
  std::string_view content() const {
    return std::string_view(bytes_).substr(header_size_);
  }
  // The SHA-1 of header and content: the id that it should be filed under.
  ObjectId computed_id() const;

 private:
  ObjectType type_ = ObjectType::kNone;
  uint64_t header_size_ = 0;
  std::string bytes_;  // header and content
};

// "<objects>/ab/cdef…": where an object directory would keep an object.
std::string LooseObjectPath(std::string_view objects, const ObjectId& id);

}  // namespace keysift
