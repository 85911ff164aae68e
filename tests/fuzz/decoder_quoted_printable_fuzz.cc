// SPDX-License-Identifier: Apache-2.0
#include "fuzz/decoder_target.h"

KEYSIFT_FUZZ_TARGET {
  keysift::RunDecoder(keysift::kQuotedPrintableDecoder, input);
}
