// SPDX-License-Identifier: Apache-2.0
// What a value is, one question a function. Test:
// tests/verify/generic_value_test.cc.
#include "verify/generic_value.h"

#include <algorithm>

#include "verify/generic_words.h"
#include "verify/text.h"

namespace keysift {
namespace {

bool Holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool BeginsWith(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

template <typename Predicate>
bool AllAre(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

// "npm:^7.0.4", "<=2.1.27", "1.0.0-beta.13": of a lock file.
bool IsVersionRange(std::string_view value) {
  if (BeginsWith(value, "npm:")) {
    value.remove_prefix(4);
  }
  while (!value.empty() && Holds("^~<>=v", value.substr(0, 1))) {
    value.remove_prefix(1);
  }
  const std::string_view release = value.substr(0, value.find('-'));
  const std::string_view rest = value.substr(release.size());
  const auto is_part = [](char c) { return IsDigit(c) || c == '.'; };
  static constexpr std::string_view kStages[] = {
      "-alpha", "-beta", "-rc", "-pre", "-dev", "-next", "-canary"};
  return std::count(release.begin(), release.end(), '.') >= 1 &&
         AllAre(release, is_part) &&
         (rest.empty() || std::any_of(std::begin(kStages), std::end(kStages),
                                      [rest](std::string_view stage) {
                                        return BeginsWith(rest, stage);
                                      }));
}

}  // namespace

ValueReading ReadValue(std::string_view value) {
  ValueReading reading;
  reading.lower = ToLower(value);
  for (char c : value) {
    reading.letters += IsAlpha(c);
    reading.digits += IsDigit(c);
    reading.uppers += IsUpper(c);
    reading.spaces += c == ' ' || c == '\t';
    const bool symbol = !IsAlnum(c) && c != ' ' && c != '\t';
    reading.symbols += symbol;
    reading.separators += c == '-' || c == '_' || c == '.';
  }
  const bool readable = reading.letters * 2 > value.size() &&
                        reading.digits * 3 <= reading.letters;
  reading.likeness = readable ? WordLikeness(value) : 5.5;
  reading.sample = SampleCover(value);
  return reading;
}

bool IsTemplate(std::string_view value) {
  static constexpr std::string_view kOpen[] = {
      "${", "{{", "$(", "#{", "<%", "%(", "[[", "%{", "{$", "$[", "%%", "@{"};
  for (std::string_view open : kOpen) {
    if (Holds(value, open)) {
      return true;
    }
  }
  if (value.size() < 2) {
    return false;
  }
  const char first = value.front();
  const char last = value.back();
  const auto is_word = [](char c) { return IsAlnum(c) || c == '_'; };
  if ((first == '<' && last == '>') || (first == '{' && last == '}') ||
      (first == '[' && last == ']') || (first == '(' && last == ')') ||
      (first == '%' && last == '%') || (first == '@' && last == '@')) {
    return true;
  }
  const std::string_view rest = value.substr(1);
  const auto is_upper = [](char c) { return IsUpper(c) || c == '_'; };
  if ((first == '$' || first == '%') && rest.size() >= 3 &&
      AllAre(rest.substr(0, 3), is_upper)) {
    return true;  // "$HOME/pw", "%HTTPPORT/"
  }
  if (first == '$' && AllAre(rest, is_word) && rest.size() <= 40 &&
      (Holds(rest, "_") || AllAre(rest, [](char c) { return !IsDigit(c); }))) {
    return true;  // $PASSWORD, $db_pass1
  }
  if (value.starts_with("$$") && rest.size() >= 4 && IsAlpha(rest[1]) &&
      AllAre(rest.substr(1), IsAlpha)) {
    return true;  // a "$" of Compose or make, escaped
  }
  if (value.substr(0, 3) == "$_[" || value.substr(0, 3) == "$@[") {
    return true;  // arguments in Perl
  }
  if (first == ':' && AllAre(rest, is_word)) {
    return true;  // a symbol or a bound parameter
  }
  // %s, %d, %1$s, %-.64s as the whole, or twice and more in it.
  const size_t percent = value.find('%');
  return percent != std::string_view::npos && value.size() - percent >= 2 &&
         (value.size() <= 3 ||
          (Holds(value, "%s") && (value.size() <= 8 || Holds(value, " "))) ||
          Holds(value, "%d") || Holds(value, "%v") || Holds(value, "%q"));
}

bool IsPathOrAddress(std::string_view value) {
  if (Holds(value, "://") || BeginsWith(value, "./") ||
      BeginsWith(value, "../") || BeginsWith(value, "~/") ||
      BeginsWith(value, "#/") || BeginsWith(value, "arn:") ||
      BeginsWith(value, "urn:") || BeginsWith(value, "//") ||
      BeginsWith(value, "C:\\")) {
    return true;
  }
  static constexpr std::string_view kRoots[] = {
      "/usr/", "/home/", "/etc/",  "/var/",  "/tmp/",   "/dev/",   "/opt/",
      "/run/", "/bin/",  "/mnt/",  "/srv/",  "/lib/",   "/sys/",   "/root/",
      "/app/", "/path/", "/proc/", "/data/", "/Users/", "/msys64/"};
  if (std::any_of(
          std::begin(kRoots), std::end(kRoots),
          [value](std::string_view root) { return BeginsWith(value, root); })) {
    return true;
  }
  // host:port is judged by the host.
  const size_t colon = value.rfind(':');
  if (colon != std::string_view::npos && colon > 3 &&
      colon + 1 < value.size() && AllAre(value.substr(colon + 1), IsDigit) &&
      Holds(value.substr(0, colon), ".")) {
    return IsPathOrAddress(value.substr(0, colon));
  }
  const bool rooted = value[0] == '/';
  const size_t slashes =
      static_cast<size_t>(std::count(value.begin(), value.end(), '/'));
  if (slashes > 0 && (rooted || slashes > 1) && value.size() < 200) {
    // Base64 holds slashes as well, but hardly words between them.
    size_t words = 0;
    size_t begin = 0;
    for (size_t i = 0; i <= value.size(); ++i) {
      if (i == value.size() || value[i] == '/') {
        const std::string_view part = value.substr(begin, i - begin);
        words += part.empty() ||
                 (part.size() <= 24 && WordLikeness(part) > 5.4 &&
                  std::count_if(part.begin(), part.end(), IsUpper) <= 2);
        begin = i + 1;
      }
    }
    if (words == slashes + 1) {
      return true;
    }
  }
  if (slashes == 1 && !rooted && WordLikeness(value) > 5.8 &&
      AllAre(value, [](char c) {
        return IsLower(c) || c == '/' || c == '-' || c == '_' || c == '.';
      })) {
    return true;  // "app/secret", "text/plain"
  }
  static constexpr std::string_view kEndings[] = {
      ".pem",  ".key",       ".txt",  ".json",  ".yml",     ".yaml", ".crt",
      ".jks",  ".p12",       ".html", ".js",    ".php",     ".com",  ".org",
      ".net",  ".io",        ".java", ".xml",   ".png",     ".svg",  ".conf",
      ".cer",  ".pub",       ".md",   ".py",    ".rb",      ".go",   ".ts",
      ".css",  ".exe",       ".sh",   ".local", ".example", ".pfx",  ".der",
      ".csr",  ".tar",       ".gz",   ".tgz",   ".zip",     ".jar",  ".keytab",
      ".csv",  ".ini",       ".cfg",  ".toml",  ".log",     ".jpg",  ".gif",
      ".adoc", ".properties"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [value](std::string_view ending) {
                       return value.size() > ending.size() &&
                              value.substr(value.size() - ending.size()) ==
                                  ending;
                     });
}

bool IsConstantName(std::string_view value) {
  return value.size() >= 3 && IsUpper(value[0]) &&
         (Holds(value, "_") || value.size() <= 12) &&
         AllAre(value, [](char c) { return IsUpper(c) || c == '_'; }) &&
         (Holds(value, "_") ? WordLikeness(value) > 5.0
                            : WordLikeness(value) > 6.0);
}

bool IsDottedName(const ValueReading& reading, std::string_view value) {
  if (!Holds(value, ".") && !Holds(value, "::")) {
    return false;
  }
  // "ed25519.PrivateKey": the last part is words.
  const std::string_view last = value.substr(value.find_last_of(".:") + 1);
  const bool member =
      last.size() >= 6 && AllAre(last, IsAlpha) && WordLikeness(last) > 5.8;
  return ((reading.likeness > 5.6 && reading.digits <= 2) || member) &&
         IsAlpha(value[0]) && AllAre(value, [](char c) {
           return IsAlnum(c) || c == '.' || c == '_' || c == '-' || c == ':';
         });
}

bool IsPattern(std::string_view value) {
  return value[0] == '^' || Holds(value, "\\d") || Holds(value, "\\w") ||
         Holds(value, "[a-z") || Holds(value, "[A-Z") || Holds(value, "[^") ||
         Holds(value, ".*") || Holds(value, ".+") || Holds(value, "(?") ||
         Holds(value, "|min:") || Holds(value, "required|") ||
         Holds(value, "\\s");
}

bool IsHashOrPublicKey(std::string_view value) {
  static constexpr std::string_view kHeads[] = {
      "$2a$", "$2b$", "$2y$", "$argon2", "$1$", "$5$", "$6$", "$y$", "pbkdf2_",
      "{SSHA}", "{SHA}", "{MD5}", "ssh-", "ecdsa-", "-----",
      "sha256:", "sha256//", "md5:", "AAAAB3",
      "sha1:", "sha512:", "scrypt:", "{bcrypt}", "{CRYPT}", "$apr1$", "$P$",
      "SHA256:", "ENC[", "ENC(", "vault:", "data:image",
      // ASP.NET Core Identity: version 1, the hash function's number.
      "AQAAAAEAA", "AQAAAAIAA",
      // Public keys in DER: RSA of 1024, 2048, 4096 bits, P-256, Ed25519.
      "MIGfMA0G", "MIGeMA0G", "MIIBIjAN", "MIICIjAN", "MFkwEwYHKoZI",
      "MCowBQYDK2Vw"};
  // "user:$2y$…" of bcrypt, whatever stands before it.
  const size_t bcrypt = value.find("$2");
  if (bcrypt != std::string_view::npos && bcrypt + 3 < value.size() &&
      IsLower(value[bcrypt + 2]) && value[bcrypt + 3] == '$') {
    return true;
  }
  // "$8$rounds=…", "sha1$salt$…".
  const size_t dollar = value.find('$');
  if (dollar != std::string_view::npos && value.size() >= 24 &&
      value.find('$', dollar + 1) != std::string_view::npos && dollar <= 8 &&
      value.find('$', dollar + 1) - dollar <= 32) {
    return true;
  }
  return std::any_of(
      std::begin(kHeads), std::end(kHeads),
      [value](std::string_view head) { return BeginsWith(value, head); });
}

bool IsDateOrVersion(std::string_view value) {
  if (IsVersionRange(value)) {
    return true;
  }
  const bool v = value[0] == 'v' || value[0] == 'V' || value[0] == '^' ||
                 value[0] == '~' || value[0] == '+' || value[0] == '-';
  return AllAre(v ? value.substr(1) : value,
                [](char c) {
                  return IsDigit(c) || c == '.' || c == '-' || c == ':' ||
                         c == '/' || c == ' ' || c == 'T' || c == 'Z' ||
                         c == ',' || c == '+' || c == '(' || c == ')';
                }) &&
         !AllAre(value, IsDigit);
}

bool HoldsEscapedLetter(std::string_view value) {
  for (size_t at = value.find("\\u"); at != std::string_view::npos;
       at = value.find("\\u", at + 2)) {
    const std::string_view code = value.substr(at + 2, 4);
    // Below U+00A0 are ASCII and control characters.
    if (code.size() == 4 && AllAre(code, IsHex) && ToLower(code) >= "00a0") {
      return true;
    }
  }
  return false;
}

bool IsGlyphCode(std::string_view value) {
  while (!value.empty() && value[0] == '\\') {
    value.remove_prefix(1);
  }
  return (value.size() == 4 || value.size() == 5) && AllAre(value, IsHex) &&
         (LowerOf(value[0]) == 'f' || LowerOf(value[0]) == 'e') &&
         std::any_of(value.begin(), value.end(), IsDigit);
}

bool IsMemberName(std::string_view value) {
  constexpr size_t kAbbreviation = 5;
  bool member = false;
  size_t begin = 0;
  for (size_t i = 0; i <= value.size(); ++i) {
    if (i < value.size() && value[i] != '.') {
      if (!IsAlpha(value[i])) {
        return false;
      }
      continue;
    }
    const std::string_view part = value.substr(begin, i - begin);
    if (part.empty() || (begin > 0 && !IsUpper(part[0])) ||
        (part.size() > kAbbreviation && WordLikeness(part) < 4.5)) {
      return false;
    }
    member |= begin > 0;
    begin = i + 1;
  }
  return member;
}

bool IsUuid(std::string_view value) {
  if (value.size() != 36) {
    return false;
  }
  for (size_t i = 0; i < value.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? value[i] != '-' : !IsHex(value[i])) {
      return false;
    }
  }
  return true;
}

bool IsProse(const ValueReading& reading, std::string_view value) {
  if (reading.spaces >= 2 && value.size() / (reading.spaces + 1) <= 12) {
    return true;
  }
  const char last = value.back();
  return reading.spaces == 1 &&
         (reading.likeness > 5.6 || last == '.' || last == ':' || last == '?');
}

bool RepeatsName(std::string_view value, const NameReading& name) {
  const std::vector<std::string> words = SplitWords(value);
  size_t letters = 0;
  size_t same = 0;
  bool any = false;
  for (const std::string& word : words) {
    if (IsDigit(word[0])) {
      continue;
    }
    letters += word.size();
    const bool in_name = std::find(name.words.begin(), name.words.end(),
                                   word) != name.words.end();
    any |= in_name && word.size() > 2;
    same += in_name ? word.size()
                    : static_cast<size_t>(SampleCover(word) *
                                          static_cast<double>(word.size()));
  }
  return any && letters > 0 && same * 10 >= letters * 9;
}

bool IsRunOrSequence(std::string_view value) {
  static constexpr std::string_view kRows =
      "qwertyuiopasdfghjklzxcvbnmqwertzuiop1234567890abcdefghijklmnopqrstuvwxyz"
      "!@#$%^&*()"
      "0123456789abcdef9876543210zyxwvutsrqponmlkjihgfedcba";
  size_t follows = 0;
  for (size_t i = 1; i < value.size(); ++i) {
    const char pair[2] = {LowerOf(value[i - 1]), LowerOf(value[i])};
    follows += pair[0] == pair[1] || Holds(kRows, std::string_view(pair, 2));
  }
  return value.size() >= 3 && follows * 10 >= (value.size() - 1) * 7;
}

bool IsWordList(std::string_view value) {
  const auto is_part = [](char c) {
    return c == ',' || IsLower(c) || IsUpper(c);
  };
  return value.find(',') != std::string_view::npos && value.front() != ',' &&
         value.find(",,") == std::string_view::npos &&
         std::all_of(value.begin(), value.end(), is_part);
}

// The stabs format writes a symbol as name:t, the type's number, "=" and what
// the type is.
bool IsStabsType(std::string_view value) {
  size_t at = 1;
  while (at < value.size() && IsDigit(value[at])) {
    ++at;
  }
  return at > 1 && at < value.size() && value[0] == 't' &&
         (value[at] == '=' || value[at] == '(');
}

}  // namespace keysift
