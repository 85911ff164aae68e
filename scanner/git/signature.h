// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace keysift {

// Who and when, as commits and tags write it: "Name <address> seconds +hhmm".
// A view: it lives as long as the object's bytes. Histories hold broken ones;
// what cannot be read is left empty or 0, `raw` always has all.
struct Signature {
  std::string_view raw;
  std::string_view name;
  std::string_view email;
  int64_t time = 0;            // seconds since 1970, UTC
  int32_t offset_minutes = 0;  // the author's zone, east of Greenwich

  static Signature Parse(std::string_view raw);
};

}  // namespace keysift
