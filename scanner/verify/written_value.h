// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "content/decoder.h"
#include "verify/verdict.h"

namespace keysift {

// The encoding in which a value that stands where a secret does is written, or
// null if it stands as it is: base64 or hex of one printable value, \x41 and
// its kin, &#65; and its kin. `*decoded` gets what it says. A pure function of
// `value`; short values are what it is for, since triggers (match/triggers.h)
// begin at 20 digits.
const Decoder* ReadWritten(std::string_view value, Decoded* decoded);

// The same for one encoding each. %41 is told only where a URL is.
bool ReadBase64(std::string_view value, Decoded* decoded);
bool ReadPercent(std::string_view value, Decoded* decoded);

// What `value`, which is written so, says: without the line end that programs
// put behind what they encode.
Decoded DecodeWritten(const Decoder& written, std::string_view value);

// The secret of `detection`, decoded if it is written in an encoding. That
// one's name goes to `*encoding`; else that becomes "".
std::string SecretOf(std::string_view text, const Detection& detection,
                     std::string* encoding);

}  // namespace keysift
