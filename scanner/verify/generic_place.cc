// SPDX-License-Identifier: Apache-2.0
// Rules find a credential word and, not far behind, an opening quote or a first
// byte of a value. This reads outwards from there: the whole identifier to the
// left, the whole value to the right. Cost: one pass over a line of at most
// 4 KiB. Test: tests/verify/generic_place_test.cc.
#include "verify/generic_place.h"

#include <algorithm>

#include "verify/text.h"

namespace keysift {
namespace {

constexpr size_t kMaxValue = 1024;

bool IsNameByte(char c) {
  return IsAlnum(c) || c == '_' || c == '.' || c == '-' || c == '$';
}

// Bytes that end a bare value.
bool EndsBare(char c) {
  return IsSpace(c) || c == '"' || c == '\'' || c == '`' || c == ';' ||
         c == ',' || c == '<' || c == '>' || c == '|' || c == '\\' ||
         c == ')' || c == '}' || c == ']' || c == '&';
}

// Where a quoted value ends: at the same quote, escaped as often as the opening
// one; at the line's end if there is none.
size_t FindClosing(std::string_view line, size_t begin, char quote,
                   size_t slashes, bool* closed) {
  size_t i = begin;
  for (; i < line.size() && line[i] != '\n' && i - begin <= kMaxValue; ++i) {
    size_t run = 0;
    while (i + run < line.size() && line[i + run] == '\\') {
      ++run;
    }
    if (i + run < line.size() && line[i + run] == quote && run <= slashes) {
      *closed = true;
      return i;
    }
    i += run > 0 ? run : 0;
    if (i >= line.size()) {
      break;
    }
  }
  *closed = false;
  return std::min(i, line.size());
}

// Whether a "(" right behind an identifier is in it.
bool CallOpen(std::string_view text) {
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '(' && (IsAlnum(text[i - 1]) || text[i - 1] == '_')) {
      return true;
    }
  }
  return false;
}

// "Basic ", "ApiKey ", "Token " in front of a header's value.
std::string_view WithoutScheme(std::string_view value) {
  static constexpr std::string_view kSchemes[] = {
      "basic ", "bearer ", "apikey ", "token ", "ntlm ", "oauth ", "digest "};
  for (std::string_view scheme : kSchemes) {
    if (value.size() > scheme.size() + 4 &&
        ToLower(value.substr(0, scheme.size())) == scheme) {
      return value.substr(scheme.size());
    }
  }
  return value;
}

// The longest run of letters and digits in a JSON document given as a token,
// or the whole.
std::string_view LongestRun(std::string_view value) {
  std::string_view best;
  size_t begin = 0;
  for (size_t i = 0; i <= value.size(); ++i) {
    if (i == value.size() || !IsAlnum(value[i])) {
      if (i - begin > best.size()) {
        best = value.substr(begin, i - begin);
      }
      begin = i + 1;
    }
  }
  return best.size() >= 20 ? best : value;
}

// The indentation of a line.
size_t Indentation(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

// From a name to the first bytes of a block scalar: ": |-" and a line end.
bool IsBlockHead(std::string_view gap) {
  const size_t mark = gap.find_first_of("|>");
  return mark != std::string_view::npos && mark > 1 &&
         (gap[mark - 1] == ' ' || gap[mark - 1] == '\t') &&
         gap.find('\n', mark) != std::string_view::npos;
}

// A block scalar of YAML (1.2.2, section 8.1) that is one line: the value is
// all of that line. `head` ends in it.
bool ReadBlock(const CheckInput& input, std::string_view head,
               GenericPlace* place) {
  const std::string_view lines = input.window->Lines(input.match, 0, 1);
  const size_t first = head.rfind('\n') + 1;
  const std::string_view block = lines.substr(first);
  const size_t end = std::min(block.find('\n'), block.size());
  const size_t begin = Indentation(block);
  if (end < block.size()) {
    const std::string_view next = block.substr(end + 1);
    const size_t indented = Indentation(next);
    if (indented < next.size() && next[indented] != '\r' && indented >= begin) {
      return false;
    }
  }
  place->form = GenericPlace::Form::kQuoted;
  place->closed = true;
  place->gap = lines.substr(0, first + begin);
  place->gap.remove_prefix(static_cast<size_t>(
      place->name.data() + place->name.size() - lines.data()));
  place->value = Trim(block.substr(begin, end - begin));
  place->after = std::string_view();
  return !place->value.empty();
}

}  // namespace

bool ReadPlace(const CheckInput& input, GenericPlace* place) {
  const std::string_view line = input.window->Line(input.match);
  if (line.empty()) {
    return false;
  }
  const Span where = input.window->Locate(line);
  const size_t match = input.match.begin - where.begin;
  const size_t match_end =
      std::min<size_t>(input.match.end - where.begin, line.size());
  size_t name = match;
  while (name > 0 && IsNameByte(line[name - 1])) {
    --name;
  }
  size_t name_end = match;
  while (name_end < match_end && IsNameByte(line[name_end])) {
    ++name_end;
  }
  while (name_end > match &&
         (line[name_end - 1] == '.' || line[name_end - 1] == '-')) {
    --name_end;
  }
  place->line = line;
  place->before = line.substr(0, name);
  place->name = line.substr(name, name_end - name);
  while (!place->name.empty() &&
         (place->name[0] == '-' || place->name[0] == '.')) {
    place->name.remove_prefix(1);
  }
  place->gap = line.substr(name_end, match_end - name_end);
  if (IsBlockHead(place->gap)) {
    return ReadBlock(input, line.substr(0, match_end), place);
  }
  const char last = line[match_end - 1];
  size_t begin = match_end;
  size_t end = 0;
  if (last == ';') {
    // &quot; and its like.
    place->form = GenericPlace::Form::kQuoted;
    end = std::min(line.find_first_of("&\n", begin), line.size());
    place->closed = end < line.size() && line[end] == '&';
  } else if (last == '"' || last == '\'' || last == '`') {
    size_t slashes = 0;
    while (slashes < match_end - 1 && line[match_end - 2 - slashes] == '\\') {
      ++slashes;
    }
    // Three quotes open a string of TOML or Python.
    if (line.substr(begin, 2) == std::string(2, last)) {
      begin += 2;
    }
    place->form = GenericPlace::Form::kQuoted;
    place->escaped = slashes > 0;
    end = FindClosing(line, begin, last, slashes, &place->closed);
  } else if (last == '[') {
    // <![CDATA[ (XML 1.0, section 2.7)
    place->form = GenericPlace::Form::kElement;
    end = std::min(line.find("]]>", begin), line.size());
    place->closed = end < line.size();
  } else {
    const size_t open = line.find_last_of(" \t=:>(|", match_end - 1);
    begin = open == std::string_view::npos ? match_end : open + 1;
    if (begin <= name_end) {
      return false;
    }
    const bool element = line[begin - 1] == '>' && line[begin - 2] != '=';
    place->form =
        element ? GenericPlace::Form::kElement : GenericPlace::Form::kBare;
    if (place->before.ends_with("${") && begin == name_end + 1 &&
        line[begin] == '-' && begin + 1 < line.size()) {
      ++begin;  // ${NAME:-default} (POSIX 2.6.2)
    }
    end = begin;
    while (end < line.size() && end - begin <= kMaxValue &&
           (element ? line[end] != '<' && line[end] != '\n'
                    : !EndsBare(line[end]))) {
      ++end;
    }
    place->closed = !element || line.substr(end, 2) == "</";
    const auto odd = [place](char quote) {
      return std::count(place->before.begin(), place->before.end(), quote) %
                 2 ==
             1;
    };
    place->in_string = odd('"') || odd('\'') || odd('`');
  }
  place->gap = line.substr(name_end, begin - name_end);
  place->value = WithoutScheme(line.substr(begin, end - begin));
  if (place->value.substr(0, 1) == "{") {
    // A key of JWK (RFC 7517): which of its members are secret, they say.
    if (line.substr(begin, 80).find("kty") != std::string_view::npos) {
      return false;
    }
    // Its quotes are escaped or of the other kind; a brace ends it.
    const size_t brace = line.find('}', begin);
    place->value = LongestRun(line.substr(begin, brace - begin));
    place->closed |= brace != std::string_view::npos;
  }
  place->after = line.substr(end);
  return !place->value.empty();
}

bool LooksLikeCode(const GenericPlace& place) {
  const std::string_view after = Trim(place.after);
  // "Password=a ; main" ends in a comment of an ini file.
  const bool comment = place.after.starts_with(" ;") &&
                       place.gap.find(' ') == std::string_view::npos;
  // "export NAME=a; run" is a shell's.
  const bool exported = Trim(place.before).ends_with("export");
  if (!after.empty() && !comment && !exported &&
      (after[0] == ';' || (after[0] == ')' && CallOpen(place.before))) &&
      place.form == GenericPlace::Form::kBare) {
    // "Server=a;Pwd=b;" is no code: it goes on with name=value.
    return Trim(place.before).find(';') == std::string_view::npos ||
           place.gap.find(' ') != std::string_view::npos;
  }
  static constexpr std::string_view kHeads[] = {
      "const ",   "let ",    "var ",    "val ",   "final ",     "public ",
      "private ", "def ",    "return ", "if ",    "if(",        "} else",
      "func ",    "static ", "self.",   "this.",  "protected ", "auto ",
      "assert",   "expect",  "case ",   "@",      "function",   "import ",
      "from ",    "type ",   "struct ", "class ", "string ",    "String ",
      "char ",    "int ",    "foreach", "for ",   "while "};
  const std::string_view before = Trim(place.before);
  for (std::string_view head : kHeads) {
    const std::string_view trimmed = Trim(place.line);
    if (trimmed.substr(0, head.size()) == head) {
      return true;
    }
  }
  return before.find("->") != std::string_view::npos || CallOpen(before) ||
         (!before.empty() && before.back() == ',' &&
          place.gap.find('=') != std::string_view::npos) ||
         place.gap.find(":=") != std::string_view::npos ||
         place.gap.find("]") != std::string_view::npos ||
         place.gap.find("==") != std::string_view::npos;
}

}  // namespace keysift
