// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "verify/generic_name.h"
#include "verify/generic_place.h"

namespace keysift {

// The numbers of a value that judgement needs; computed once.
struct ValueReading {
  std::string lower;
  size_t letters = 0;
  size_t digits = 0;
  size_t uppers = 0;
  size_t spaces = 0;
  size_t symbols = 0;     // neither letter, digit nor space
  size_t separators = 0;  // of those: "-", "_" and "."
  // WordLikeness of its letters; 5.5, which says nothing, where digits break
  // it into pieces too short to read.
  double likeness = 0;
  double sample = 0;  // SampleCover
};

ValueReading ReadValue(std::string_view value);

// Each of these is one reason why a value is no secret. Pure.
bool IsTemplate(std::string_view value);       // "${X}", "<key>", "%s"
bool IsPathOrAddress(std::string_view value);  // "/run/pw", "https://…"
bool IsConstantName(std::string_view value);   // "SET_PASSWORD"
bool IsDottedName(const ValueReading& reading, std::string_view value);
bool IsPattern(std::string_view value);           // "^[a-z]+$"
bool IsHashOrPublicKey(std::string_view value);   // "$2a$…", "ssh-rsa …"
bool IsDateOrVersion(std::string_view value);     // "2020-01-01", "^1.2.3"
bool HoldsEscapedLetter(std::string_view value);  // "caf\u00e9"
// A sign of an icon font, in the private use area: "\f21b", "F07F5".
bool IsGlyphCode(std::string_view value);
bool IsMemberName(std::string_view value);  // "models.DbCfg.Pwd", letters only
bool IsUuid(std::string_view value);
bool IsWordList(std::string_view value);   // "lib,link": letters and commas
bool IsStabsType(std::string_view value);  // "t34=*35": debugging symbols
bool IsProse(const ValueReading& reading, std::string_view value);
// "db_password" for "DB_PASSWORD", "secretToken" for "secret": its words are
// the name's, or words of samples.
bool RepeatsName(std::string_view value, const NameReading& name);
// "aaaaaa", "abcdef", "12345678", "qwertz": half of it or more.
bool IsRunOrSequence(std::string_view value);

}  // namespace keysift
