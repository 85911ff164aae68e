// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keysift {

// The fields of one JSON object, read leniently: text that ends early gives the
// fields so far. Made for bytes cut out of something else, where a strict
// parser has nothing to say. Views live as long as the text.
struct JsonObject {
  struct Field {
    std::string_view name;
    std::string_view value;  // raw: strings without quotes, still escaped
    bool is_string = false;
  };
  std::vector<Field> fields;
  uint64_t size = 0;      // bytes from '{' to after '}'
  bool complete = false;  // the closing brace was reached
  bool valid = false;     // begins with '{' and read without contradiction

  // The first field of that name, or nullptr.
  const Field* Find(std::string_view name) const;
  // The value of a string field, unescaped; "" if there is none.
  std::string Text(std::string_view name) const;
};

// Reads the object that begins at text[0], white space aside. Never recurses.
JsonObject ReadJsonObject(std::string_view text);

// A JSON string's content without its escapes; those beyond ASCII become '?'.
std::string UnescapeJson(std::string_view raw);

}  // namespace keysift
