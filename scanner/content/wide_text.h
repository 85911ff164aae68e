// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "content/decoder.h"

namespace keysift {

// Encodings whose units are wider than a byte.
enum class WideKind { kNone, kUtf16Le, kUtf16Be, kUtf32Le, kUtf32Be };

// Which one a text is in, by its byte order mark or by where its zeros stand.
// Of plain text only the first kWideHead bytes are looked at.
WideKind WideKindOf(std::string_view text);
constexpr size_t kWideHead = 64;

// As reports name it: "utf-16le", …
const char* WideKindName(WideKind kind);

// The text in UTF-8, without the mark. A unit that is none becomes U+FFFD; a
// cut one at the end is dropped. `out->origins` stays empty if `with_origins`
// is false. At most 1.5 bytes come out per byte (2 where broken).
void DecodeWide(std::string_view text, WideKind kind, bool with_origins,
                Decoded* out);

}  // namespace keysift
