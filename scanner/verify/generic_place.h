// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "verify/check.h"

namespace keysift {

// A name and the value that stands with it, as views into a window's bytes.
struct GenericPlace {
  enum class Form {
    kQuoted,   // name = "value", "name": "value", f("name", "value")
    kBare,     // NAME=value, name: value
    kElement,  // <name>value</name>
    kFlag,     // --name value
  };
  Form form = Form::kQuoted;
  std::string_view line;    // the lines from the name to the value
  std::string_view before;  // of the line, before the name
  std::string_view name;
  std::string_view gap;     // between name and value, quotes included
  std::string_view value;   // without its quotes
  std::string_view after;   // of the line, after the value
  bool closed = false;      // the quote's pair was found
  bool escaped = false;     // its quotes are escaped: inside of another string
  bool in_passing = false;  // captured from a URL, a command, a sentence
  bool in_string = false;   // a bare value inside of a quoted string
};

// Reads the place of a match that begins at a credential word and ends at the
// value's opening quote, or in a bare value. False: there is no value.
bool ReadPlace(const CheckInput& input, GenericPlace* place);

// Whether the line looks like a program's rather than configuration's: only
// there a bare value is a reference.
bool LooksLikeCode(const GenericPlace& place);

}  // namespace keysift
