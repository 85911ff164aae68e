// SPDX-License-Identifier: Apache-2.0
#include "verify/text.h"

#include <algorithm>

namespace keysift {

std::string ToLower(std::string_view bytes) {
  std::string lower(bytes);
  std::transform(lower.begin(), lower.end(), lower.begin(), LowerOf);
  return lower;
}

bool ContainsWord(std::string_view bytes, std::string_view lower) {
  const auto same = [](char a, char b) { return LowerOf(a) == b; };
  return std::search(bytes.begin(), bytes.end(), lower.begin(), lower.end(),
                     same) != bytes.end();
}

std::string_view Trim(std::string_view bytes) {
  while (!bytes.empty() && IsSpace(bytes.front())) {
    bytes.remove_prefix(1);
  }
  while (!bytes.empty() && IsSpace(bytes.back())) {
    bytes.remove_suffix(1);
  }
  return bytes;
}

}  // namespace keysift
