// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keysift {

// The form of a key, as service_list.cc spells it: text with parts in angle
// brackets, <hex:32> for 32 characters of an alphabet, <b62:20-40> for 20 to
// 40, <[0-9a-z_]:8> for a class, <uuid>. rules/README.md lists the alphabets.
// Immutable; any thread.
class KeyForm {
 public:
  // Fails with kUsage, telling what to write instead.
  static Result<KeyForm> Parse(std::string_view text);

  // How many bytes at the start of `bytes` have this form, as many as may be;
  // 0 if none.
  size_t Match(std::string_view bytes) const;

  // The same with every alphabet of letters or digits widened to what keys are
  // made of, for formats that are known by their lengths only.
  size_t MatchLoosely(std::string_view bytes) const;

 private:
  struct Part {
    std::bitset<256> bytes;
    uint32_t least = 1;
    uint32_t most = 1;
  };

  static bool Takes(const Part& part, char byte, bool loosely);

  Result<void> AddPart(std::string_view part);
  size_t MatchFrom(size_t part, std::string_view bytes, size_t at,
                   bool loosely) const;

  std::vector<Part> parts_;
};

}  // namespace keysift
