// SPDX-License-Identifier: Apache-2.0
#include "fuzz/decoder_target.h"
#include "verify/written_value.h"

// A value that says something in an encoding says the same whenever it is
// asked, and stands for no more bytes than it has.
KEYSIFT_FUZZ_TARGET {
  keysift::Decoded decoded;
  keysift::ReadPercent(input, &decoded);
  keysift::ReadBase64(input, &decoded);
  const keysift::Decoder* written = keysift::ReadWritten(input, &decoded);
  if (written != nullptr) {
    const keysift::Decoded again = keysift::DecodeWritten(*written, input);
    keysift::Expect(again.text == decoded.text && again.name == decoded.name);
    keysift::Detection detection;
    detection.secret = keysift::Span{0, input.size()};
    detection.written = written;
    std::string name;
    keysift::Expect(keysift::SecretOf(input, detection, &name) == again.text &&
                    name == again.name);
    keysift::Expect(decoded.text.size() >= 4);
    keysift::Expect(decoded.text.size() <= input.size());
  }
}
