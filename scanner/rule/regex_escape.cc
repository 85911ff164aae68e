// SPDX-License-Identifier: Apache-2.0
#include "rule/regex_escape.h"

#include <array>
#include <cctype>

namespace keysift {
namespace {

struct Refusal {
  char letter;
  const char* message;
};

// Escapes that one of the engines lacks, or that both read in their own way.
constexpr std::array<Refusal, 16> kRefusals = {{
    {'p',
     "Unicode classes are not supported: rules work on bytes; write a "
     "class such as [A-Za-z]"},
    {'P',
     "Unicode classes are not supported: rules work on bytes; write a "
     "class such as [^A-Za-z]"},
    {'X', "\\X is not supported: rules work on bytes; write (?s:.)"},
    {'Z', "\\Z is not supported; write \\z, or \\n?\\z"},
    {'G', "\\G is not supported; leave it out"},
    {'K', "\\K is not supported; mark the secret with a group"},
    {'h', "\\h is not supported; write [\\t ]"},
    {'H', "\\H is not supported; write [^\\t ]"},
    {'R', "\\R is not supported; write \\r?\\n"},
    {'N', "\\N is not supported; write [^\\n]"},
    {'e', "\\e is not supported; write \\x1b"},
    {'C', "\\C is not supported; write (?s:.)"},
    {'c', "\\c is not supported; write the byte as \\xHH"},
    {'k',
     "back-references are not supported; list the cases, as in "
     "\"[^\"]*\"|'[^']*'"},
    {'g',
     "back-references are not supported; list the cases, as in "
     "\"[^\"]*\"|'[^']*'"},
    {'u', "\\u is not supported: rules work on bytes; write them as \\xHH"},
}};

int HexValue(char digit) {
  if ('0' <= digit && digit <= '9') {
    return digit - '0';
  }
  int letter = digit | 0x20;
  return 'a' <= letter && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// Behind "\x".
Result<ByteSet> ParseHex(RegexCursor* cursor) {
  bool braces = cursor->Take("{");
  size_t most = braces ? 8 : 2;
  unsigned value = 0;
  size_t digits = 0;
  while (digits < most && !cursor->AtEnd() && HexValue(cursor->Peek()) >= 0) {
    value = value * 16 + static_cast<unsigned>(HexValue(cursor->Peek()));
    ++cursor->position;
    ++digits;
  }
  if (digits == 0 || (!braces && digits != 2) ||
      (braces && !cursor->Take("}"))) {
    return cursor->FailHere("write a byte in hex as \\xHH, as in \\x2d");
  }
  if (value > 0xff) {
    return cursor->FailHere(
        "a character beyond one byte: rules work on bytes; write its UTF-8 "
        "bytes as \\xHH\\xHH");
  }
  return OneByte(static_cast<uint8_t>(value));
}

// Behind the backslash, at a digit: \0 to \377, where a first digit of 1 to 7
// needs another one.
Result<ByteSet> ParseOctal(RegexCursor* cursor) {
  size_t start = cursor->position;
  unsigned value = 0;
  while (cursor->position < start + 3 && !cursor->AtEnd() &&
         '0' <= cursor->Peek() && cursor->Peek() <= '7') {
    value = value * 8 + static_cast<unsigned>(cursor->Peek() - '0');
    ++cursor->position;
  }
  size_t digits = cursor->position - start;
  if (cursor->text[start] != '0' && digits < 3) {
    return cursor->FailAt(
        start,
        "back-references are not supported; list the cases, "
        "as in \"[^\"]*\"|'[^']*' (or write a byte as \\xHH)");
  }
  if (value > 0xff) {
    return cursor->FailAt(start, "an octal escape goes up to \\377");
  }
  // Engines differ in how many digits they take: it is printed as \xHH.
  cursor->differs = true;
  return OneByte(static_cast<uint8_t>(value));
}

bool NamedSet(char letter, ByteSet* set) {
  switch (letter) {
    case 'd':
      *set = Digits();
      return true;
    case 'D':
      *set = ~Digits();
      return true;
    case 'w':
      *set = WordBytes();
      return true;
    case 'W':
      *set = ~WordBytes();
      return true;
    case 's':
      *set = SpaceBytes();
      return true;
    case 'S':
      *set = ~SpaceBytes();
      return true;
    default:
      return false;
  }
}

struct PosixClass {
  std::string_view name;
  int (*holds)(int);
};

int IsAscii(int byte) { return byte < 0x80; }
int IsWord(int byte) { return WordBytes()[static_cast<size_t>(byte)] ? 1 : 0; }

constexpr std::array<PosixClass, 14> kPosixClasses = {{
    {"alnum", isalnum},
    {"alpha", isalpha},
    {"ascii", IsAscii},
    {"blank", isblank},
    {"cntrl", iscntrl},
    {"digit", isdigit},
    {"graph", isgraph},
    {"lower", islower},
    {"print", isprint},
    {"punct", ispunct},
    {"space", isspace},
    {"upper", isupper},
    {"word", IsWord},
    {"xdigit", isxdigit},
}};

// At "[:", inside of a class.
Result<ByteSet> ParsePosix(RegexCursor* cursor) {
  size_t start = cursor->position;
  size_t end = cursor->text.find(":]", start + 2);
  if (end == std::string_view::npos) {
    return cursor->FailHere(
        "\"[:\" opens a class such as [[:alpha:]]; write "
        "\\[: for the bytes themselves");
  }
  std::string_view name = cursor->text.substr(start + 2, end - start - 2);
  bool negated = name.starts_with("^");
  name.remove_prefix(negated ? 1 : 0);
  for (const PosixClass& known : kPosixClasses) {
    if (known.name != name) {
      continue;
    }
    ByteSet set;
    for (int byte = 0; byte < 0x80; ++byte) {
      set.set(static_cast<size_t>(byte), known.holds(byte) != 0);
    }
    cursor->position = end + 2;
    return negated ? ~set : set;
  }
  return cursor->FailHere(
      "no such class; there are alnum alpha ascii blank cntrl digit graph "
      "lower print punct space upper word xdigit");
}

// One member of a class, before a possible "-".
Result<ByteSet> ParseMember(RegexCursor* cursor) {
  if (cursor->Peek() == '\\') {
    return ParseEscape(cursor);
  }
  if (cursor->StartsWith("[:")) {
    return ParsePosix(cursor);
  }
  uint8_t byte = static_cast<uint8_t>(cursor->Peek());
  if (byte >= 0x80) {
    return cursor->FailHere(
        "a class holds bytes, and this character is several; write an "
        "alternation, or bytes as \\xHH");
  }
  ++cursor->position;
  return OneByte(byte);
}

uint8_t OnlyByte(const ByteSet& set) {
  size_t byte = 0;
  while (!set[byte]) {
    ++byte;
  }
  return static_cast<uint8_t>(byte);
}

}  // namespace

bool RegexCursor::Take(std::string_view start) {
  if (!StartsWith(start)) {
    return false;
  }
  position += start.size();
  return true;
}

tl::unexpected<Error> RegexCursor::FailAt(size_t at,
                                          std::string message) const {
  return Fail(ErrorKind::kUsage, std::move(message),
              "column " + std::to_string(at + 1));
}

Result<ByteSet> ParseEscape(RegexCursor* cursor) {
  size_t start = cursor->position;
  ++cursor->position;
  if (cursor->AtEnd()) {
    return cursor->FailAt(start, "a backslash at the end; write \\\\ for one");
  }
  char letter = cursor->Peek();
  if ('0' <= letter && letter <= '9') {
    return ParseOctal(cursor);
  }
  ++cursor->position;
  if (letter == 'x') {
    return ParseHex(cursor);
  }
  ByteSet set;
  if (NamedSet(letter, &set)) {
    cursor->differs |= letter == 's' || letter == 'S';
    return set;
  }
  constexpr std::string_view kControls = "afnrtv";
  constexpr std::string_view kControlBytes = "\a\f\n\r\t\v";
  size_t control = kControls.find(letter);
  if (control != std::string_view::npos) {
    return OneByte(static_cast<uint8_t>(kControlBytes[control]));
  }
  for (const Refusal& refusal : kRefusals) {
    if (refusal.letter == letter) {
      return cursor->FailAt(start, refusal.message);
    }
  }
  uint8_t byte = static_cast<uint8_t>(letter);
  if (byte >= 0x80 || isalnum(byte) || byte <= ' ') {
    return cursor->FailAt(start, std::string("\\") + letter +
                                     " means nothing here; only punctuation "
                                     "may be escaped");
  }
  return OneByte(byte);
}

Result<ByteSet> ParseClass(RegexCursor* cursor, bool fold) {
  size_t start = cursor->position;
  ++cursor->position;
  bool negated = cursor->Take("^");
  ByteSet set;
  bool first = true;
  while (first || cursor->AtEnd() || cursor->Peek() != ']') {
    if (cursor->AtEnd()) {
      return cursor->FailAt(start, "a class without its end; add \"]\"");
    }
    size_t member_start = cursor->position;
    Result<ByteSet> low = ParseMember(cursor);
    if (!low) {
      return low;
    }
    first = false;
    if (!cursor->StartsWith("-") || cursor->StartsWith("-]") ||
        low->count() != 1) {  // [\w-.]: the dash stands for itself
      set |= *low;
      continue;
    }
    ++cursor->position;
    if (cursor->AtEnd()) {
      return cursor->FailAt(start, "a class without its end; add \"]\"");
    }
    Result<ByteSet> high = ParseMember(cursor);
    if (!high) {
      return high;
    }
    if (high->count() != 1 || OnlyByte(*low) > OnlyByte(*high)) {
      return cursor->FailAt(member_start,
                            "a range goes from a byte to a higher one, as in "
                            "[a-f]; put a \"-\" that is itself meant last");
    }
    set |= ByteRange(OnlyByte(*low), OnlyByte(*high));
  }
  ++cursor->position;
  set = fold ? FoldAscii(set) : set;
  set = negated ? ~set : set;
  if (set.none()) {
    return cursor->FailAt(start, "this class holds no byte: nothing matches");
  }
  return set;
}

}  // namespace keysift
