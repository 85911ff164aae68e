// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace keysift {

// What bytes look like, judged by their first kLookedAt bytes.
enum class TextKind {
  kText,         // any 8-bit text
  kUtf16Little,  // with its byte order mark, or by its zeros
  kUtf16Big,
  kBinary,  // git's test: a zero byte
};

TextKind ClassifyText(std::string_view bytes);

// As many as git looks at (xdiff-interface.c, FIRST_FEW_BYTES).
constexpr size_t kLookedAt = 8000;

}  // namespace keysift
