// SPDX-License-Identifier: Apache-2.0
// Formats that keep passwords in base64 only to get them past parsers: npm's
// "_password" (npmrc), the data of a Kubernetes Secret. Older files hold the
// password itself, so what does not decode to one is left as it stands.
#include "verify/check_list.h"
#include "verify/written_value.h"

namespace keysift {

CheckResult CheckBase64Password(const CheckInput& input) {
  CheckResult result = CheckResult::Unknown();
  Decoded decoded;
  if (ReadBase64(input.Secret(), &decoded)) {
    result.written = &kBase64Decoder;
    result.reason = "base64 of text";
  }
  return result;
}

}  // namespace keysift
