// SPDX-License-Identifier: Apache-2.0
//
// Two bytes for how many bits there may be, then a bitmap.
#include <algorithm>

#include "base/big_endian.h"
#include "fuzz/fuzz.h"
#include "git/ewah.h"

KEYSIFT_FUZZ_TARGET {
  if (input.size() < 2) {
    return;
  }
  const uint32_t limit = keysift::LoadBig16(input.data());
  keysift::ByteReader reader(input.substr(2));
  const keysift::Result<std::vector<uint32_t>> bits =
      keysift::ReadEwah(&reader, limit);
  if (!bits) {
    return;
  }
  keysift::Expect(std::is_sorted(bits->begin(), bits->end()));
  keysift::Expect(bits->empty() || bits->back() < limit);
}
