// SPDX-License-Identifier: Apache-2.0
//
// The first two bytes say how long the base is; then the base, then the delta.
#include <algorithm>

#include "fuzz/fuzz.h"
#include "git/delta.h"

namespace {

keysift::Buffer Copy(std::string_view bytes) {
  keysift::Buffer buffer;
  keysift::CopyBytes(buffer.Resize(bytes.size()), bytes.data(), bytes.size());
  return buffer;
}

}  // namespace

KEYSIFT_FUZZ_TARGET {
  if (input.size() < 2) {
    return;
  }
  const size_t stated = static_cast<uint8_t>(input[0]) |
                        static_cast<size_t>(static_cast<uint8_t>(input[1]))
                            << 8;
  const size_t size = std::min(stated, input.size() - 2);
  const keysift::Buffer base = Copy(input.substr(2, size));
  const keysift::Buffer delta = Copy(input.substr(2 + size));
  keysift::Buffer result;
  std::vector<keysift::CopyRun> runs;
  const keysift::Result<void> applied = keysift::ApplyDelta(
      base.view(), delta.view(), input.size() % 2 == 0 ? 1 << 20 : UINT64_MAX,
      &result, &runs);
  if (!applied) {
    return;
  }
  keysift::Touch(result.view());
  uint64_t at = 0;
  for (const keysift::CopyRun& run : runs) {
    keysift::Expect(run.begin >= at && run.end() <= result.size() &&
                    run.base_end() <= base.size());
    keysift::Expect(result.view().substr(run.begin, run.size) ==
                    base.view().substr(run.base_begin, run.size));
    at = run.end();
  }
}
