// SPDX-License-Identifier: Apache-2.0
// What a value cannot be: a template, a path, the name again, prose, code. One
// question a function, in the order in which they are asked. Test:
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

// t.pass("done"): the method of a test, not a password.
bool IsCallOfPass(const Case& c) {
  return !c.place.gap.empty() && c.place.gap[0] == '(' &&
         c.name.words.back() == "pass";
}

// $pass = new NamesPass("x"): a compiler's.
bool IsMadeOfPass(const Case& c) {
  return c.name.words.back() == "pass" && Holds(c.place.gap, "Pass(");
}

bool IsReferenceInCode(const Case& c) {
  if (c.place.form != Form::kBare) {
    return false;
  }
  const std::string_view value = c.place.value;
  if ((value[0] == '$' && value.size() > 1 &&
       (IsAlpha(value[1]) || value[1] == '_') && c.value.digits == 0) ||
      (value.back() == '-' && c.place.after.substr(0, 1) == ">")) {
    return true;  // $this->x, a->b
  }
  if (Holds(value, "(") || Holds(value, "[") || Holds(value, "->") ||
      Holds(value, "{") || Holds(value, "::")) {
    return true;
  }
  // Inside of a string "name=value" is data: a query, a connection string.
  return c.code && !(c.place.in_string && !Holds(c.place.gap, " "));
}

// key=Enter your password: the first word of a translation. Variables of an
// environment (PASSWORD=Abc ./run) are in capitals.
bool BeginsSentence(const Case& c, std::string_view rest) {
  const auto is_word = [](char b) {
    return IsAlpha(b) || static_cast<unsigned char>(b) >= 0x80;
  };
  return !rest.empty() && is_word(rest[0]) && IsOneWord(c) &&
         IsUpper(c.place.value[0]) && Trim(c.place.before).empty() &&
         std::any_of(c.place.name.begin(), c.place.name.end(), IsLower);
}

// Letters, digits and what joins them, as a variable or a field is written.
bool IsIdentifier(std::string_view value) {
  return (IsAlpha(value[0]) || value[0] == '_') &&
         std::all_of(value.begin(), value.end(),
                     [](char b) { return IsAlnum(b) || b == '_' || b == '.'; });
}

// "AccessKey: serviceKey," to the line's end is a field of a literal in Go or
// C#; "__dir__" and "c.Options.Token" are names in any language.
bool IsVariable(const Case& c) {
  const std::string_view value = c.place.value;
  if (!IsIdentifier(value) || c.value.digits > 0) {
    return false;
  }
  const size_t dot = value.rfind('.');
  if (dot != std::string_view::npos && dot + 1 < value.size() &&
      ReadName(value.substr(dot + 1)).kind >= NameKind::kAuth) {
    return true;
  }
  const std::string_view after = c.place.after;
  return c.place.form == Form::kBare &&
         ((value.starts_with("__") && value.ends_with("__")) ||
          (after.starts_with(',') && Trim(after.substr(1)).empty() &&
           Holds(c.place.gap, " ")));
}

// "low" | "high": a union of types.
bool IsOneOfUnion(const Case& c) {
  const std::string_view gap = c.place.gap;
  return c.place.form == Form::kQuoted && gap.size() >= 3 &&
         gap.front() == gap.back() &&
         Trim(gap.substr(1, gap.size() - 2)) == "|";
}

// "neo4j/" + password: what is secret comes behind it.
bool IsHeadOfText(const Case& c) {
  constexpr size_t kLongest = 24;
  if (c.place.form != Form::kQuoted || c.place.after.empty() ||
      c.length() > kLongest ||
      !Holds("/:=-_?&", c.place.value.substr(c.length() - 1))) {
    return false;
  }
  const std::string_view rest = Trim(c.place.after.substr(1));
  return rest.starts_with('+') || rest.starts_with(". ");
}

// The scope of a request that AWS Signature Version 4 signs: an access key's
// id, a day, a region. The id alone opens nothing.
bool IsSignedScope(const Case& c) {
  return Holds(c.place.value, "/aws4_request") ||
         c.place.before.ends_with("AWS4-HMAC-SHA256 ") ||
         c.place.before.ends_with("X-Amz-");
}

// "Public Key: …", "Confirm\ Password=…": the words before a name belong to it.
// A space in a key of Java's properties is escaped; such a key is a sentence,
// and its value the translation.
bool IsNamedInWords(const Case& c) {
  const std::string_view before = c.place.before;
  return (c.place.form == Form::kBare && before.ends_with("\\ ")) ||
         before.ends_with("Public ") || before.ends_with("public ") ||
         before.ends_with("PUBLIC ");
}

// group:artifact-token:1.2, user:password@host of a URL (which has a rule).
bool IsPartOfAddress(const Case& c) {
  return c.place.gap == ":" &&
         (c.place.before.ends_with(':') || c.place.before.ends_with("//"));
}

// ["message" => …], {"type": …}: the name's value is a list, and this a key.
bool IsKeyOfList(const Case& c) {
  if (c.place.form != Form::kQuoted || c.place.after.empty()) {
    return false;
  }
  const std::string_view rest = Trim(c.place.after.substr(1));
  return rest.starts_with("=>") ||
         (rest.starts_with(':') && !rest.starts_with("::"));
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

// --secret source=ssh-key,target=ssh: fields of an option.
bool IsFieldsOfOption(const Case& c) {
  const std::string_view value = c.place.value;
  const size_t equals = value.find('=');
  return c.place.in_passing && equals != std::string_view::npos &&
         equals >= 4 && equals + 2 < value.size() &&
         std::all_of(value.begin(), value.begin() + equals,
                     [](char b) { return IsLower(b) || b == ',' || b == '-'; });
}

// | Pass | `case` |: a result.
bool IsResult(const Case& c) {
  return c.name.words.size() == 1 && c.name.words[0] == "pass" &&
         Holds(c.place.gap, "|");
}

// "PBKDF2WithHmacSHA1", "AES/CBC/PKCS5Padding".
bool IsAlgorithm(const Case& c) {
  return Holds(c.value.lower, "hmac") || Holds(c.value.lower, "pbkdf2") ||
         Holds(c.value.lower, "aes/") || c.value.lower.starts_with("aes-") ||
         c.value.lower.starts_with("sha-");
}

// "eyJhbGciOiJSUzI1NiJ9": a token's first part, the rest was cut.
bool IsHeadOfToken(const Case& c) {
  constexpr size_t kLongest = 40;
  return c.place.value.starts_with("eyJ") && c.length() <= kLongest &&
         !Holds(c.place.value, ".");
}

// badge.svg?token=…: shows a badge, and stands in public read-me files.
bool IsOfBadge(const Case& c) {
  constexpr size_t kAddress = 120;
  const std::string_view before = c.place.before;
  if (!before.ends_with('?') && !before.ends_with('&')) {
    return false;
  }
  const std::string_view address =
      before.substr(before.size() - std::min(before.size(), kAddress));
  return Holds(address, "badge") || Holds(address, ".svg?") ||
         Holds(address, "shields.io");
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

// A bare value that is followed by more words: prose, or a declaration.
bool GoesOnAsProse(const Case& c) {
  if (c.place.form != Form::kBare) {
    return false;
  }
  const std::string_view after = c.place.after;
  if (after.empty() || !IsSpace(after[0])) {
    return false;
  }
  const std::string_view rest = Trim(after.substr(0, after.find('\n')));
  // name=value pairs may go on; "name: word word" is a sentence.
  const bool tight = !Holds(c.place.gap, " ") && !BeginsSentence(c, rest);
  return !rest.empty() && rest[0] != '#' && rest.substr(0, 2) != "//" &&
         rest[0] != '\\' && rest[0] != '|' && rest[0] != '}' &&
         rest[0] != '*' && rest[0] != '&' && rest[0] != '<' && rest[0] != ';' &&
         !tight;
}

// x ? "pass" : "fail".
bool IsChoice(const Case& c) {
  if (Holds(c.place.gap, " ? ")) {
    return true;
  }
  const std::string_view before = Trim(c.place.before);
  if (before.empty() || c.place.form != Form::kQuoted ||
      (before.back() != '"' && before.back() != '\'')) {
    return false;
  }
  const std::string_view rest = Trim(before.substr(0, before.size() - 1));
  return rest.size() > 1 && rest.back() == '?';
}

// "flags.1?true", "a?b": of a schema or an expression.
bool IsConditional(const Case& c) {
  const size_t mark = c.place.value.find('?');
  return c.place.form == Form::kBare && mark != std::string_view::npos &&
         mark > 0 && IsDigit(c.place.value[mark - 1]) &&
         Holds(c.place.value.substr(0, mark), ".");
}

bool IsUnclosed(const Case& c) {
  return c.place.form != Form::kBare && !c.place.closed;
}

bool HoldsCode(const Case& c) {
  const std::string_view value = c.place.value;
  return Holds(value, "\\n") || Holds(value, "();") || Holds(value, "=>") ||
         Holds(value, "</") || Holds(value, "/>") || Holds(value, "\" +") ||
         Holds(value, "' +") || Holds(value, "\", ") ||
         (value.size() > 2 && value[0] == '!' && IsAlpha(value[1]) &&
          c.place.form == Form::kBare) ||
         (c.value.spaces > 0 && Holds(value, "=")) || value[0] == ',' ||
         value[0] == ')' || value[0] == '(' || value[0] == '+' ||
         value[0] == '=' || value[0] == ';' || value[0] == ':' ||
         (value[0] == '&' && c.place.form == Form::kBare) ||
         (value[0] == '*' && c.place.form == Form::kBare) ||
         (value[0] == '.' || value[0] == '{' || value[0] == '[');
}

// Brackets do not stand in what is captured from a command or a sentence.
bool HoldsBrackets(const Case& c) {
  return c.place.in_passing &&
         (c.place.value.find_first_of("{}[]|<>") != std::string_view::npos ||
          std::count(c.place.value.begin(), c.place.value.end(), ':') > 1);
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
bool IsForeignText(const Case& c) {
  return std::any_of(
             c.place.value.begin(), c.place.value.end(),
             [](char b) { return static_cast<unsigned char>(b) >= 0x80; }) ||
         HoldsEscapedLetter(c.place.value) ||
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

// 'Wrong password.', 'danger': the name is a sentence's last word.
bool EndsSentence(const Case& c) {
  const std::string_view before = c.place.before;
  return !before.empty() && before.back() == ' ' &&
         c.place.form == Form::kQuoted && Holds(c.place.gap, ",") &&
         (std::count(before.begin(), before.end(), '"') % 2 == 1 ||
          std::count(before.begin(), before.end(), '\'') % 2 == 1);
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
    {"a call", IsCallOfPass},
    {"a compiler's pass", IsMadeOfPass},
    {"a reference in code", IsReferenceInCode},
    {"a variable", IsVariable},
    {"one of several types", IsOneOfUnion},
    {"the head of a text", IsHeadOfText},
    {"an AWS credential scope", IsSignedScope},
    {"of a badge", IsOfBadge},
    {"named in words", IsNamedInWords},
    {"part of an address", IsPartOfAddress},
    {"a key of a list", IsKeyOfList},
    {"a class's name", IsClassName},
    {"fields of an option", IsFieldsOfOption},
    {"a result", IsResult},
    {"an algorithm", IsAlgorithm},
    {"the head of a token", IsHeadOfToken},
    {"a compound key", IsCompoundKey},
    {"a choice of two", IsChoice},
    {"a condition", IsConditional},
    {"no closing quote", IsUnclosed},
    {"a template", IsTemplated},
    {"masked", IsMasked},
    {"an escaped character", IsEscapedCharacter},
    {"a keyword", IsWordOfFormat},
    {"code", HoldsCode},
    {"brackets", HoldsBrackets},
    {"a hash or public key", IsHashed},
    {"a path or address", IsPath},
    {"a pattern", IsRegex},
    {"a date or version", IsDate},
    {"an id", IsUuidOfAKey},
    {"a member's name", IsReference},
    {"a list of words", IsListOfWords},
    {"a debugger's symbol", IsDebugSymbol},
    {"prose", IsSentence},
    {"prose goes on", GoesOnAsProse},
    {"a sentence's last word", EndsSentence},
    {"a number", IsNumberOnly},
    {"a placeholder", IsPlaceholder},
    {"base64 of a sample", HidesSample},
    {"a fingerprint", IsFingerprint},
    {"repeats its name", IsNameAgain},
    {"a constant's name", IsConstant},
    {"a dotted name", IsDotted},
    {"words of a sample", IsSample},
    {"text in another script", IsForeignText},
};

}  // namespace

const char* FindVeto(const Case& c) {
  for (const Veto& veto : kVetoes) {
    if (veto.holds(c)) {
      return veto.reason;
    }
  }
  return nullptr;
}

}  // namespace keysift
