// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace keysift {

// The alphabets that secrets are written in, narrowest first.
enum class CharacterClass { kDigits, kHex, kBase32, kBase62, kBase64, kAny };

// Shannon's entropy of the bytes' own frequencies, bits per byte; 0 if empty.
double ShannonEntropy(std::string_view bytes);

// The narrowest class that holds all bytes (either case of hex; base64 is both
// alphabets and '='). kAny if empty.
CharacterClass ClassifyCharacters(std::string_view bytes);

// The entropy that random bytes of this class and length reach nine times in
// ten, or less: what "looks random" means for short strings, whose own
// frequencies cannot reach log2 of the alphabet.
double ExpectedEntropy(CharacterClass characters, size_t length);

// "4.63", for reasons.
std::string FormatEntropy(double bits);

}  // namespace keysift
