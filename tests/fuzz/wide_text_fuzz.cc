// SPDX-License-Identifier: Apache-2.0
#include "content/wide_text.h"
#include "fuzz/decoder_target.h"

KEYSIFT_FUZZ_TARGET {
  keysift::WideKindOf(input);
  keysift::LooksLikeText(input);
  for (keysift::WideKind kind :
       {keysift::WideKind::kUtf16Le, keysift::WideKind::kUtf16Be,
        keysift::WideKind::kUtf32Le, keysift::WideKind::kUtf32Be}) {
    keysift::Decoded decoded;
    keysift::DecodeWide(input, kind, true, &decoded);
    keysift::ExpectOrigins(decoded, input.size());
    keysift::Expect(decoded.text.size() <= 2 * input.size());
    keysift::Decoded bare;
    keysift::DecodeWide(input, kind, false, &bare);
    keysift::Expect(bare.text == decoded.text && bare.origins.empty());
  }
}
