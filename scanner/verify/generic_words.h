// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keysift {

// An identifier or a value in lower-case words: "dbPassword_2" is "db",
// "password", "2". Letters and digits part, and so do aB and ABc.
std::vector<std::string> SplitWords(std::string_view text);

// How much a run of letters reads like English or an identifier: the mean over
// its letter pairs, 0 (never seen) to 9; about 7 for words, about 4 for random
// letters. 5.5, which says nothing, for fewer than two letters.
double WordLikeness(std::string_view letters);

// The share of the letters of `text` that words of samples and credentials
// cover ("my", "secret", "test", "foo"): 1 for "someClientSecret1".
double SampleCover(std::string_view text);

// A word that says by itself that no secret stands here: "changeme", "example",
// "redacted". `lower` in lower case.
bool HoldsPlaceholderWord(std::string_view lower);

// A whole value that is a keyword of some language or format: "true", "null",
// "string", "required". In lower case.
bool IsKeyword(std::string_view lower);

// The passwords that every list of weak ones begins with, used in examples more
// often than anywhere else: "123456", "password1". In lower case.
bool IsNotoriousPassword(std::string_view lower);

}  // namespace keysift
