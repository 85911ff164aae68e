// SPDX-License-Identifier: Apache-2.0
// Credentials without a format of their own: the name says that one is there,
// everything else says whether it is. The rules (rules/generic.toml) match no
// more than the name and the way to the value; where the value lies is read
// here, since no regular expression reads nested quotes. Where a form is simple
// (a URL, a header, a command line) the regex captures the value.
#include <algorithm>
#include <string>
#include <vector>

#include "content/base64.h"
#include "verify/check_list.h"
#include "verify/generic_judge.h"
#include "verify/generic_name.h"
#include "verify/generic_place.h"
#include "verify/generic_value.h"
#include "verify/generic_words.h"
#include "verify/text.h"
#include "verify/written_value.h"

namespace keysift {
namespace {

CheckResult ToResult(const GenericVerdict& verdict) {
  if (!verdict.keep) {
    return CheckResult::Drop(verdict.reason);
  }
  CheckResult result = CheckResult::Pass(verdict.reason);
  result.at_most = verdict.confidence;
  return result;
}

// A captured value, as if it stood behind `name`.
GenericPlace PlaceOf(const CheckInput& input, std::string_view name) {
  GenericPlace place;
  place.form = GenericPlace::Form::kQuoted;
  place.name = name;
  place.value = input.Secret();
  place.closed = true;
  return place;
}

// The verdict on what a value that is written in an encoding says.
CheckResult JudgeWritten(GenericPlace place, const Decoder* written,
                         std::string_view text) {
  // user:password
  const size_t colon = text.find(':');
  const bool has_user = written == &kBase64Decoder &&
                        colon != std::string_view::npos &&
                        colon + 1 < text.size();
  place.value = has_user ? text.substr(colon + 1) : text;
  place.name = has_user ? "password" : place.name;
  CheckResult result = ToResult(JudgePlace(place));
  result.written = written;
  return result;
}

// The value behind "name: " or "name=", without its quotes.
std::string_view ValueOf(std::string_view line) {
  const size_t sign = line.find_first_of(":=");
  std::string_view value =
      Trim(sign == std::string_view::npos ? "" : line.substr(sign + 1));
  if (value.starts_with('>')) {
    value = Trim(value.substr(1));  // "=>" of PHP and Ruby
  }
  while (!value.empty() && (value.back() == ',' || value.back() == '"' ||
                            value.back() == '\'' || value.back() == ';')) {
    value.remove_suffix(1);
  }
  while (!value.empty() && (value[0] == '"' || value[0] == '\'')) {
    value.remove_prefix(1);
  }
  return value;
}

// Whether a line gives a text to show: words of letters, with a space or a
// letter that is not ASCII, the first of them capitalised.
bool ShowsText(std::string_view line) {
  const std::string_view value = ValueOf(line);
  const auto foreign = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80;
  };
  return value.size() >= 3 && (IsUpper(value[0]) || foreign(value[0])) &&
         (value.find(' ') != std::string_view::npos ||
          std::any_of(value.begin(), value.end(), foreign)) &&
         std::none_of(value.begin(), value.end(), IsDigit);
}

// How many of the two lines before a match, its own and the two after it fit.
template <class Fits>
int CountNear(const CheckInput& input, const Fits& fits) {
  constexpr int kLines = 2;
  std::string_view lines = input.window->Lines(input.match, kLines, kLines);
  int count = 0;
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    count += fits(lines.substr(0, end)) ? 1 : 0;
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return count;
}

// A capitalised word among texts is one too: "password": "Wagwoord" of a
// translation. A password that is such a word stands beside a user and a host.
bool IsTranslation(const CheckInput& input, const GenericPlace& place) {
  if (!IsUpper(place.value[0]) ||
      !std::all_of(place.value.begin(), place.value.end(),
                   [](char c) { return IsAlpha(c) || c == ' ' || c == '-'; })) {
    return false;
  }
  return CountNear(input, [&](std::string_view line) {
           const bool own = place.value.data() >= line.data() &&
                            place.value.data() <= line.data() + line.size();
           return !own && ShowsText(line);
         }) >= 2;
}

bool IsSha1(std::string_view text) {
  return text.size() == 40 && std::all_of(text.begin(), text.end(), IsHex);
}

// "app-auth: 3f2a…" among names that have nothing to do with secrets, each with
// its digest: a lock file's checksums.
bool IsChecksum(const CheckInput& input, const GenericPlace& place) {
  if (!IsSha1(place.value)) {
    return false;
  }
  return CountNear(input, [](std::string_view line) {
           const std::string_view name = Trim(line.substr(0, line.find(':')));
           return IsSha1(ValueOf(line)) &&
                  ReadName(name).kind == NameKind::kNone;
         }) >= 2;
}

// "?password=a%24b": a field of a URL's query.
bool IsOfQuery(const GenericPlace& place) {
  return place.before.ends_with('?') || place.before.ends_with('&');
}

// The numbers of a list, decimal or after "0x".
std::vector<int> ReadNumbers(std::string_view list) {
  std::vector<int> numbers;
  for (size_t i = 0; i < list.size(); ++i) {
    if (!IsDigit(list[i])) {
      continue;
    }
    const bool hex = list.substr(i, 2) == "0x" || list.substr(i, 2) == "0X";
    int number = 0;
    for (i += hex ? 2 : 0; i < list.size() && IsHex(list[i]); ++i) {
      const int digit =
          IsDigit(list[i]) ? list[i] - '0' : LowerOf(list[i]) - 'a' + 10;
      number = (number * (hex ? 16 : 10) + digit) & 0xffff;
    }
    numbers.push_back(number);
  }
  return numbers;
}

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool IsReadable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return IsSpace(c) || (c >= 0x20 && c < 0x7f);
  });
}

// "Bootstrap3": a capitalised word and a number, of prose.
bool IsNumberedWord(std::string_view text) {
  const std::string_view word =
      text.substr(0, text.find_last_not_of("0123456789") + 1);
  return text.size() - word.size() <= 2 && IsUpper(text[0]) &&
         std::all_of(word.begin() + 1, word.end(), IsLower);
}

// -page-token 7, of a command line: options are names as well. "identified by
// `uuid`" is prose; SQL writes passwords in other quotes.
bool NamesOtherOption(std::string_view match) {
  const size_t dash = match.find('-');
  if (dash == std::string_view::npos || dash > 1) {
    return match.find('`') != std::string_view::npos &&
           ToLower(match.substr(0, 10)) == "identified";
  }
  const size_t end = std::min(match.find_first_of(" \t", dash), match.size());
  const NameReading option = ReadName(match.substr(dash, end - dash));
  return option.kind != NameKind::kNone && !option.spoiler.empty();
}

}  // namespace

CheckResult CheckGenericAssignment(const CheckInput& input) {
  GenericPlace place;
  if (!ReadPlace(input, &place)) {
    return CheckResult::Drop("no value");
  }
  Decoded decoded;
  const Decoder* written = ReadWritten(place.value, &decoded);
  if (written == nullptr && IsOfQuery(place) &&
      ReadPercent(place.value, &decoded)) {
    written = &kPercentDecoder;
  }
  CheckResult result = written != nullptr
                           ? JudgeWritten(place, written, decoded.text)
                           : ToResult(JudgePlace(place));
  if (result.outcome == CheckResult::Outcome::kPass) {
    if (IsTranslation(input, place)) {
      return CheckResult::Drop("a translation");
    }
    if (IsChecksum(input, place)) {
      return CheckResult::Drop("a checksum");
    }
    result.extent = input.window->Locate(place.value);
  }
  return result;
}

CheckResult CheckGenericValue(const CheckInput& input) {
  GenericPlace place = PlaceOf(input, "password");
  place.in_passing = true;
  if (NamesOtherOption(input.Match())) {
    return CheckResult::Drop("an option about something else");
  }
  // In a URL the user stands before it: "admin:admin@" is no secret.
  const std::string_view match = input.Match();
  const size_t colon = match.rfind(':', input.secret.begin - input.match.begin);
  if (colon != std::string_view::npos && colon > 0) {
    size_t begin = colon;
    while (begin > 0 && (IsAlnum(match[begin - 1]) || match[begin - 1] == '_' ||
                         match[begin - 1] == '-' || match[begin - 1] == '.')) {
      --begin;
    }
    if (match.substr(begin, colon - begin) == place.value) {
      return CheckResult::Drop("the user's name again");
    }
  }
  Decoded decoded;
  const bool in_url = match.substr(0, 3) == "://";
  return in_url && ReadPercent(place.value, &decoded)
             ? JudgeWritten(place, &kPercentDecoder, decoded.text)
             : ToResult(JudgePlace(place));
}

CheckResult CheckGenericBasic(const CheckInput& input) {
  const std::string_view secret = input.Secret();
  const std::string text = DecodeBase64(secret).value_or("");
  const size_t colon = text.find(':');
  if (colon == std::string::npos || !IsPrintable(text)) {
    if (!text.empty() && IsPrintable(text)) {
      return CheckResult::Drop("no base64 of user:password");
    }
    // Not what it should be; a long mixed run may still be a secret.
    const bool mixed = std::any_of(secret.begin(), secret.end(), IsDigit) &&
                       std::any_of(secret.begin(), secret.end(), IsUpper) &&
                       std::any_of(secret.begin(), secret.end(), IsLower);
    if (!mixed || secret.size() < 8 || SampleCover(secret) > 0.6 ||
        IsNumberedWord(secret)) {
      return CheckResult::Drop("no base64 of user:password");
    }
    CheckResult result = CheckResult::Pass("letters and digits");
    result.at_most = Confidence::kLikely;
    return result;
  }
  GenericPlace place = PlaceOf(input, "password");
  place.value = std::string_view(text).substr(colon + 1);
  if (place.value.empty() || text.substr(0, colon) == place.value) {
    return CheckResult::Drop("no password in it");
  }
  CheckResult result = ToResult(JudgePlace(place));
  result.written = &kBase64Decoder;
  result.reason = "base64 of user:password, " + result.reason;
  return result;
}

// Numbers written out. Test vectors count up or repeat themselves.
CheckResult CheckGenericBytes(const CheckInput& input) {
  constexpr size_t kLeast = 8;
  const std::string_view match = input.Match();
  // "key := []byte{" or "byte[] key = {".
  const std::string_view left = Trim(match.substr(0, match.find('=')));
  const size_t end = left.find_last_not_of(": \t") + 1;
  const size_t type = left.find_first_of(" \t");
  const size_t begin = type < end ? type + 1 : 0;
  const NameReading reading = ReadName(left.substr(begin, end - begin));
  if (reading.kind == NameKind::kNone || !reading.spoiler.empty()) {
    return CheckResult::Drop("its name is about a secret");
  }
  const std::vector<int> bytes = ReadNumbers(input.Secret());
  if (bytes.size() < kLeast) {
    return CheckResult::Drop("too few bytes");
  }
  size_t steps = 0;
  for (size_t i = 2; i < bytes.size(); ++i) {
    steps += bytes[i] - bytes[i - 1] == bytes[i - 1] - bytes[i - 2];
  }
  if (steps * 3 > bytes.size()) {
    return CheckResult::Drop("counts up or repeats");
  }
  return CheckResult::Pass(std::to_string(bytes.size()) + " bytes");
}

CheckResult CheckGenericBearer(const CheckInput& input) {
  return ToResult(JudgePlace(PlaceOf(input, "access_token")));
}

CheckResult CheckGenericJose(const CheckInput& input) {
  static constexpr const char* kCarriers[] = {"token",  "jwt",     "auth",
                                              "bearer", "session", "cookie"};
  const std::string_view secret = input.Secret();
  // Of five parts the second may be empty (RFC 7516, direct encryption).
  const bool encrypted = std::count(secret.begin(), secret.end(), '.') == 4 &&
                         secret.back() != '.';
  if (secret.find("..") != std::string_view::npos &&
      (!encrypted || secret.find("...") != std::string_view::npos)) {
    return CheckResult::Drop("cut short");
  }
  const std::string header =
      DecodeBase64(secret.substr(0, secret.find('.'))).value_or("");
  if (header.find("\"alg\":\"none\"") != std::string::npos) {
    return CheckResult::Drop("nobody signed it");
  }
  // The signature of a text, as a file beside it: nothing that lets one in.
  std::string_view body = secret.substr(secret.find('.') + 1);
  body = body.substr(0, body.find('.'));
  const std::string signed_text =
      DecodeBase64(body.substr(0, body.size() / 4 * 4)).value_or("");
  if (!signed_text.empty() && signed_text[0] != '{' &&
      IsReadable(signed_text)) {
    return CheckResult::Drop("the signature of a text");
  }
  const size_t tail =
      secret.size() - std::min(secret.rfind('.') + 1, secret.size());
  if (tail > 0 && tail < 8) {
    return CheckResult::Drop("its last part is too short");
  }
  if (header.size() < 8 || header.compare(0, 2, "{\"") != 0 ||
      header.find("\":") == std::string::npos || !IsPrintable(header)) {
    return CheckResult::Drop("its first part is no JSON object");
  }
  // What is encrypted lets nobody in, unless it is carried as a token.
  const std::string before = ToLower(input.window->Before(input.secret, 40));
  const bool carried = std::any_of(
      std::begin(kCarriers), std::end(kCarriers), [&before](const char* word) {
        return before.find(word) != std::string::npos;
      });
  CheckResult result = CheckResult::Pass("a JSON header and parts in base64");
  result.at_most = header.find("\"enc\":") == std::string::npos || carried
                       ? Confidence::kLikely
                       : Confidence::kPossible;
  return result;
}

}  // namespace keysift
