// SPDX-License-Identifier: Apache-2.0
// Where no credential can stand: in a call, an expression, a sentence, a list.
// One question a function, in the order in which they are asked. Test:
// tests/verify/generic_veto_test.cc.
#include <algorithm>
#include <string>

#include "verify/generic_veto.h"
#include "verify/text.h"

namespace keysift {
namespace {

using Form = GenericPlace::Form;

struct Veto {
  const char* reason;
  bool (*holds)(const Case& c);
};

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
  // "$2.to_i": a group of a match.
  if (value[0] == '$' && value.size() > 1 && IsDigit(value[1]) &&
      (value.size() == 2 || value[2] == '.')) {
    return true;
  }
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

// user, password = "eva", "x": the first value is the first name's.
bool IsOfSeveralNames(const Case& c) {
  const std::string_view before = Trim(c.place.before);
  return c.place.form == Form::kQuoted && before.ends_with(',') &&
         Holds(c.place.gap, "=") && c.place.after.size() > 1 &&
         c.place.after[1] == ',' &&
         std::none_of(before.begin(), before.end(), [](char b) {
           return b == '(' || b == '=' || b == '{' || b == ':' || b == '"' ||
                  b == '\'';
         });
}

// docker run -v $PWD:/src: a variable, and what follows it.
bool IsUsedVariable(const Case& c) {
  return c.place.name.starts_with('$') && c.place.gap == ":";
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

// The identifier that is called right before the value's quote, or "".
std::string CalledBefore(const Case& c) {
  const size_t open = c.place.gap.find('(');
  if (c.place.form != Form::kQuoted || open == std::string_view::npos) {
    return "";
  }
  const std::string_view head = c.place.gap.substr(0, open);
  const size_t begin = head.find_last_not_of(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
  return ToLower(head.substr(begin == head.npos ? 0 : begin + 1));
}

// credentials('deploy-key'), env("KEY"), app('store')->get("x"): what stands in
// the call is a name by which to look something up.
bool IsLookedUp(const Case& c) {
  const std::string called = CalledBefore(c);
  return (c.place.name == "credentials" && c.place.gap.starts_with('(')) ||
         called == "credentials" || called == "env" || called == "getenv" ||
         (!called.empty() && IsOneWord(c) && c.place.after.size() > 1 &&
          c.place.after.substr(1).starts_with(")->"));
}

// ${NAME:?what to say without it}, ${NAME:+instead} (POSIX 2.6.2).
bool IsExpansion(const Case& c) {
  return c.place.before.ends_with("${") && c.place.gap == ":" &&
         (c.place.value[0] == '?' || c.place.value[0] == '+');
}

// hash('password'), '5f4d…': the name is another call's argument.
bool IsBehindCall(const Case& c) { return Holds(c.place.gap, "),"); }

// NAME=<the password> next: the word behind what stands for a value.
bool IsBehindPlaceholder(const Case& c) {
  const std::string_view before = c.place.before;
  const size_t bracket = before.find_last_of("<>");
  return c.place.gap.starts_with("> ") && before.ends_with(' ') &&
         bracket != std::string_view::npos && before[bracket] == '<';
}

bool IsUnclosed(const Case& c) {
  return c.place.form != Form::kBare && !c.place.closed;
}

// Brackets do not stand in what is captured from a command or a sentence.
bool HoldsBrackets(const Case& c) {
  return c.place.in_passing &&
         (c.place.value.find_first_of("{}[]|<>") != std::string_view::npos ||
          std::count(c.place.value.begin(), c.place.value.end(), ':') > 1);
}

// 'Wrong password.', 'danger': the name is a sentence's last word.
bool EndsSentence(const Case& c) {
  const std::string_view before = c.place.before;
  return !before.empty() && before.back() == ' ' &&
         c.place.form == Form::kQuoted && Holds(c.place.gap, ",") &&
         (std::count(before.begin(), before.end(), '"') % 2 == 1 ||
          std::count(before.begin(), before.end(), '\'') % 2 == 1);
}

constexpr Veto kVetoes[] = {
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
    {"one of several names", IsOfSeveralNames},
    {"a variable in use", IsUsedVariable},
    {"a key of a list", IsKeyOfList},
    {"fields of an option", IsFieldsOfOption},
    {"a result", IsResult},
    {"a choice of two", IsChoice},
    {"a condition", IsConditional},
    {"no closing quote", IsUnclosed},
    {"brackets", HoldsBrackets},
    {"prose goes on", GoesOnAsProse},
    {"a sentence's last word", EndsSentence},
    {"a name to look up", IsLookedUp},
    {"an expansion", IsExpansion},
    {"behind a call", IsBehindCall},
    {"behind a placeholder", IsBehindPlaceholder},
};

}  // namespace

const char* FindPlaceVeto(const Case& c) {
  for (const Veto& veto : kVetoes) {
    if (veto.holds(c)) {
      return veto.reason;
    }
  }
  return nullptr;
}

}  // namespace keysift
