// SPDX-License-Identifier: Apache-2.0
// What no credential can be: a template, a path, the name again, prose, code.
// One question a function, in the order in which they are asked. Test:
// tests/verify/generic_veto_test.cc.
#include "verify/generic_veto.h"

#include <algorithm>

#include "content/base64.h"
#include "verify/generic_words.h"
#include "verify/text.h"

namespace keysift {
namespace {

using Form = GenericPlace::Form;

struct Veto {
  const char* reason;
  bool (*holds)(const Case& c);
};

bool IsTooShort(const Case& c) {
  return c.length() < (c.password() ? 4u : 5u) || c.length() > 512;
}

// Custom\Class\User, App\\Model: as PHP names classes.
bool IsClassName(const Case& c) {
  size_t parts = 1;
  bool begins = true;
  for (char b : c.place.value) {
    if (b == '\\') {
      parts += begins ? 0 : 1;
      begins = true;
    } else if (!IsAlpha(b) || (begins && !IsUpper(b))) {
      return false;
    } else {
      begins = false;
    }
  }
  return parts >= 3 && !begins;
}

// "PBKDF2WithHmacSHA1", "AES/CBC/PKCS5Padding".
bool IsAlgorithm(const Case& c) {
  return Holds(c.value.lower, "hmac") || Holds(c.value.lower, "pbkdf2") ||
         Holds(c.value.lower, "aes/") || c.value.lower.starts_with("secp") ||
         c.value.lower.starts_with("prime256") ||
         c.value.lower.starts_with("aes-") || c.value.lower.starts_with("sha-");
}

// "M17,7H22V17H17": an icon's outline (SVG 1.1, section 8.3).
bool IsOutline(const Case& c) {
  constexpr size_t kLeast = 12;
  constexpr std::string_view kCommands = "MmLlHhVvCcSsQqTtAaZz .,-";
  return c.length() >= kLeast && LowerOf(c.place.value[0]) == 'm' &&
         c.value.digits * 2 > c.value.letters &&
         std::all_of(
             c.place.value.begin(), c.place.value.end(), [kCommands](char b) {
               return IsDigit(b) || kCommands.find(b) != std::string_view::npos;
             });
}

// "eyJhbGciOiJSUzI1NiJ9": a token's first part, the rest was cut.
bool IsHeadOfToken(const Case& c) {
  constexpr size_t kLongest = 40;
  return c.place.value.starts_with("eyJ") && c.length() <= kLongest &&
         !Holds(c.place.value, ".");
}

// "user:17:profile": the key of a cache or a table, of short parts.
bool IsCompoundKey(const Case& c) {
  constexpr size_t kLongest = 24;
  const std::string_view value = c.place.value;
  const std::string_view head = value.substr(0, value.find_first_of(":/"));
  if (c.name.kind != NameKind::kWeak || !Holds(value, ":") || head.size() < 3 ||
      !std::all_of(head.begin(), head.end(), IsAlpha)) {
    return false;
  }
  size_t run = 0;
  return std::none_of(value.begin(), value.end(), [&run](char b) {
    run = b == ':' || b == '/' ? 0 : run + 1;
    return run > kLongest;
  });
}

// "min:8", "between:6,60", "same:password": what a form asks of a field.
bool IsValidation(const Case& c) {
  static constexpr std::string_view kAsked[] = {
      "min",           "max",         "between",         "size",
      "same",          "different",   "digits",          "digits_between",
      "required_with", "required_if", "required_without"};
  const std::string_view value = c.place.value;
  const std::string_view head = value.substr(0, value.find(':'));
  return head.size() < value.size() &&
         std::find(std::begin(kAsked), std::end(kAsked), head) !=
             std::end(kAsked);
}

// "jwt-impl:0.12.5": a package and its version.
bool IsPackage(const Case& c) {
  const std::string_view value = c.place.value;
  const size_t colon = value.find(':');
  if (colon == std::string_view::npos || !IsAlpha(value[0])) {
    return false;
  }
  const std::string_view version = value.substr(colon + 1);
  return std::count(version.begin(), version.end(), '.') >= 1 &&
         std::all_of(version.begin(), version.end(),
                     [](char b) { return IsDigit(b) || b == '.'; }) &&
         std::all_of(value.begin(), value.begin() + colon, [](char b) {
           return IsLower(b) || IsDigit(b) || b == '-' || b == '.' || b == '_';
         });
}

// ">=1,<1.1": the versions of a package that will do.
bool IsConstraint(const Case& c) {
  const std::string_view value = c.place.value;
  return Holds("<>=~^", value.substr(0, 1)) &&
         value.find_first_not_of("0123456789.,<>=~^|* -") ==
             std::string_view::npos;
}

// a=b=c=0: one of several variables that are set at once.
bool IsAssignment(const Case& c) {
  const std::string_view value = c.place.value;
  const size_t sign = value.find('=');
  return c.place.form == Form::kBare && sign != std::string_view::npos &&
         sign > 0 && sign + 1 < value.size() && value.size() - sign <= 3 &&
         std::all_of(value.begin(), value.begin() + sign,
                     [](char b) { return IsLower(b) || b == '_'; }) &&
         std::all_of(value.begin() + sign + 1, value.end(), IsDigit);
}

// "deps-linux-3f2a…": a cache's key, named after the digest of what it holds.
bool IsCacheKey(const Case& c) {
  const std::string_view value = c.place.value;
  const size_t dash = value.rfind('-');
  if (c.name.kind != NameKind::kWeak || dash == std::string_view::npos ||
      dash == 0) {
    return false;
  }
  const std::string_view digest = value.substr(dash + 1);
  return (digest.size() == 40 || digest.size() == 64) &&
         std::all_of(digest.begin(), digest.end(), IsHex) &&
         std::all_of(value.begin(), value.begin() + dash,
                     [](char b) { return IsAlpha(b) || b == '-' || b == '_'; });
}

// The key of a captcha that every page shows: data-sitekey="…".
bool IsSiteKey(const Case& c) {
  return ToLower(c.place.name).ends_with("sitekey");
}

// A JSON Web Token whose header begins {"alg":"none: nobody signed it.
bool IsUnsignedToken(const Case& c) {
  return c.place.value.starts_with("eyJhbGciOiJub25l");
}

bool HoldsCode(const Case& c) {
  const std::string_view value = c.place.value;
  return Holds(value, "\\n") || Holds(value, "();") || Holds(value, "=>") ||
         Holds(value, "</") || Holds(value, "/>") || Holds(value, "\" +") ||
         Holds(value, "' +") || Holds(value, "\", ") ||
         (value.size() > 2 && value[0] == '!' &&
          (IsAlpha(value[1]) || value[1] == '!') &&
          c.place.form == Form::kBare) ||
         (c.value.spaces > 0 && Holds(value, "=")) || value[0] == ',' ||
         value[0] == ')' || value[0] == '(' || value[0] == '+' ||
         value[0] == '=' || value[0] == ';' || value[0] == ':' ||
         (value[0] == '&' && c.place.form == Form::kBare) ||
         (value[0] == '*' && c.place.form == Form::kBare) ||
         (value[0] == '.' || value[0] == '{' || value[0] == '[');
}

// Nothing but a few characters by their codes: "\u2022", "\f21b", "F07F5".
bool IsEscapedCharacter(const Case& c) {
  const std::string_view value = c.place.value;
  return IsGlyphCode(value) ||
         (c.length() <= 12 && value[0] == '\\' &&
          (value[1] == 'u' || value[1] == 'x' || value[1] == 'U') &&
          std::all_of(value.begin() + 2, value.end(), [](char b) {
            return IsHex(b) || b == '\\' || b == 'u' || b == 'x';
          }));
}

// The fingerprint of an OpenPGP key in a list of who signs releases.
bool IsFingerprint(const Case& c) {
  const bool hex = c.length() == 40 &&
                   std::all_of(c.place.value.begin(), c.place.value.end(),
                               [](char b) { return IsHex(b) && !IsLower(b); });
  return hex && c.name.kind == NameKind::kWeak;
}

// Base64 of what would be no secret either: "dXNlcjpwYXNz", "dGVzdA==".
bool HidesSample(const Case& c) {
  if (c.length() < 8 || c.length() > 64) {
    return false;
  }
  std::string decoded = DecodeBase64(c.place.value).value_or("");
  while (!decoded.empty() && IsSpace(decoded.back())) {
    decoded.pop_back();
  }
  if (std::count(decoded.begin(), decoded.end(), ' ') >= 2 &&
      std::all_of(decoded.begin(), decoded.end(),
                  [](char b) { return IsSpace(b) || (b > ' ' && b < 0x7f); })) {
    return true;
  }
  const std::string_view text = std::string_view(decoded).substr(
      decoded.find(':') == std::string::npos ? 0 : decoded.find(':') + 1);
  const bool printable =
      decoded.size() >= 3 &&
      std::all_of(decoded.begin(), decoded.end(),
                  [](char b) { return b > ' ' && b < 0x7f; });
  if (!printable || std::none_of(text.begin(), text.end(), IsAlpha)) {
    return printable && text.empty();
  }
  return (SampleCover(text) > 0.99 &&
          std::none_of(text.begin(), text.end(), IsDigit)) ||
         HoldsPlaceholderWord(ToLower(text)) || IsTemplate(text);
}

bool IsMasked(const Case& c) {
  const std::string_view value = c.place.value;
  const char first = value[0];
  return std::all_of(value.begin(), value.end(),
                     [first](char b) { return b == first; }) ||
         Holds(value, "***") || Holds(value, "...") ||
         Holds(value, "\xe2\x80\xa6") || Holds(c.value.lower, "xxx");
}

// As such, or in escapes of JSON or Java: "L\u00f6schen" is a translation. A
// bare value ends before an escape.
// A password that people type on keyboards of theirs has digits and symbols
// around such a letter.
bool IsForeignText(const Case& c) {
  constexpr ptrdiff_t kTwoLetters = 4;  // bytes of UTF-8
  const auto foreign = std::count_if(
      c.place.value.begin(), c.place.value.end(),
      [](char b) { return static_cast<unsigned char>(b) >= 0x80; });
  const bool typed = c.password() && foreign <= kTwoLetters &&
                     c.value.digits >= 2 && c.value.spaces == 0 &&
                     c.value.symbols > static_cast<size_t>(foreign) + 1 &&
                     c.length() >= 10;
  return (foreign > 0 && !typed) || HoldsEscapedLetter(c.place.value) ||
         (c.place.form == Form::kBare &&
          HoldsEscapedLetter(c.place.after.substr(0, 6)));
}

bool IsNumberOnly(const Case& c) {
  const std::string_view value = c.place.value;
  const auto is_hex = [](std::string_view digits) {
    return std::all_of(digits.begin(), digits.end(), IsHex);
  };
  if (c.value.lower.substr(0, 2) == "0x" && c.length() <= 18) {
    return true;
  }
  if (value[0] == '#' && c.length() <= 9 && is_hex(value.substr(1))) {
    return true;  // a colour
  }
  return c.value.digits == c.length() &&
         (!c.password() || c.length() < 6 || IsRunOrSequence(value));
}

// "password", "secret_token", "test1": only words of samples.
bool IsSample(const Case& c) {
  const bool few_digits = c.value.digits <= 4;
  if (c.value.sample < 0.99 || c.value.letters == 0) {
    return false;
  }
  // "Access2022" may be a password, "secret-access-token" none.
  const bool year =
      c.value.digits >= 3 ||
      (c.value.digits > 0 && c.value.symbols > c.value.separators);
  return few_digits && !(c.password() && year && c.value.separators == 0);
}

// "crwdns" marks the texts of Crowdin's pseudo-language.
bool IsPlaceholder(const Case& c) {
  return HoldsPlaceholderWord(c.value.lower) ||
         c.place.value.starts_with("crwdns");
}
bool IsWordOfFormat(const Case& c) { return IsKeyword(c.value.lower); }
bool IsNameAgain(const Case& c) {
  return RepeatsName(c.place.value, c.name) && c.value.digits <= 3;
}
bool IsTemplated(const Case& c) { return IsTemplate(c.place.value); }
bool IsPath(const Case& c) { return IsPathOrAddress(c.place.value); }
bool IsConstant(const Case& c) { return IsConstantName(c.place.value); }
bool IsDotted(const Case& c) { return IsDottedName(c.value, c.place.value); }
bool IsRegex(const Case& c) { return IsPattern(c.place.value); }
bool IsHashed(const Case& c) { return IsHashOrPublicKey(c.place.value); }
bool IsDate(const Case& c) { return IsDateOrVersion(c.place.value); }
// Ids are UUIDs far more often than secrets are.
bool IsUuidOfAKey(const Case& c) {
  return (c.name.kind == NameKind::kWeak || c.name.kind == NameKind::kAuth) &&
         IsUuid(c.place.value);
}
bool IsReference(const Case& c) {
  return c.place.form == Form::kBare && IsMemberName(c.place.value);
}
bool IsListOfWords(const Case& c) { return IsWordList(c.place.value); }
bool IsDebugSymbol(const Case& c) { return IsStabsType(c.place.value); }
bool IsSentence(const Case& c) { return IsProse(c.value, c.place.value); }

constexpr Veto kVetoes[] = {
    {"too short or long", IsTooShort},
    {"a class's name", IsClassName},
    {"an algorithm", IsAlgorithm},
    {"an outline", IsOutline},
    {"the head of a token", IsHeadOfToken},
    {"a compound key", IsCompoundKey},
    {"a template", IsTemplated},
    {"masked", IsMasked},
    {"an escaped character", IsEscapedCharacter},
    {"a keyword", IsWordOfFormat},
    {"code", HoldsCode},
    {"a hash or public key", IsHashed},
    {"a path or address", IsPath},
    {"a pattern", IsRegex},
    {"a date or version", IsDate},
    {"an id", IsUuidOfAKey},
    {"a member's name", IsReference},
    {"a list of words", IsListOfWords},
    {"a debugger's symbol", IsDebugSymbol},
    {"prose", IsSentence},
    {"a number", IsNumberOnly},
    {"a placeholder", IsPlaceholder},
    {"base64 of a sample", HidesSample},
    {"a fingerprint", IsFingerprint},
    {"repeats its name", IsNameAgain},
    {"a constant's name", IsConstant},
    {"a dotted name", IsDotted},
    {"words of a sample", IsSample},
    {"text in another script", IsForeignText},
    {"a form's rule", IsValidation},
    {"a package", IsPackage},
    {"a version's bounds", IsConstraint},
    {"an assignment", IsAssignment},
    {"a cache's key", IsCacheKey},
    {"a site key", IsSiteKey},
    {"an unsigned token", IsUnsignedToken},
};

}  // namespace

const char* FindVeto(const Case& c) {
  if (const char* veto = FindPlaceVeto(c)) {
    return veto;
  }
  for (const Veto& veto : kVetoes) {
    if (veto.holds(c)) {
      return veto.reason;
    }
  }
  return nullptr;
}

}  // namespace keysift
