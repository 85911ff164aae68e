// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "fuzz/fuzz.h"
#include "verify/generic_place.h"
#include "verify/text.h"

// Two bytes say where a match begins and how long it is; the rest is text.
// What is read of it lies in it, and is read again from no more of the text
// than the window saw: carrying verdicts over a delta rests on that.
KEYSIFT_FUZZ_TARGET {
  if (input.size() < 3) {
    return;
  }
  static const keysift::Rule rule;
  const std::string_view text = input.substr(2);
  const uint64_t begin = static_cast<uint8_t>(input[0]) % text.size();
  if (!keysift::IsAlnum(text[begin])) {
    return;  // a credential word begins there
  }
  const uint64_t end = std::min<uint64_t>(
      text.size(), begin + 1 + static_cast<uint8_t>(input[1]) % 64);
  keysift::Window window(text);
  keysift::GenericPlace place;
  const keysift::Span match{begin, end};
  const bool found =
      keysift::ReadPlace({rule, &window, {}, match, match}, &place);
  if (found) {
    keysift::LooksLikeCode(place);
    const keysift::Span value = window.Locate(place.value);
    keysift::Expect(value.begin > begin && value.end <= text.size());
  }
  const uint64_t low =
      static_cast<uint64_t>(std::max<int64_t>(window.low(), 0));
  const uint64_t high =
      std::min(static_cast<uint64_t>(window.high()), uint64_t{text.size()});
  keysift::Window part(text.substr(low, high - low));
  const keysift::Span moved{begin - low, end - low};
  keysift::GenericPlace again;
  keysift::Expect(found ==
                  keysift::ReadPlace({rule, &part, {}, moved, moved}, &again));
  keysift::Expect(!found || place.value == again.value);
}
