// SPDX-License-Identifier: Apache-2.0
// Words and letter pairs. The pairs' frequencies were counted once over English
// documentation (each word at most twenty times) and rounded to one digit: six
// more than log2 of how much likelier the second letter is after the first than
// by chance. Rejected: a dictionary; it is large, and identifiers are no words.
// Cost: one table look-up a letter. Test: tests/verify/generic_words_test.cc.
#include "verify/generic_words.h"

#include <algorithm>
#include <array>

#include "verify/text.h"

namespace keysift {
namespace {

constexpr std::array<const char*, 26> kPairs = {
    "26762461615867060878553352", "85558420750850740764740041",
    "73528317607630920648641040", "74469440930633720573642350",
    "74785643411668364886354630", "74448710910634800666701050",
    "61419567801637650763733041", "91239300800454820656501040",
    "65766660202769751577050505", "60439250500000822240800000",
    "61149642800416550285514040", "73369420804822840266641080",
    "86049000802463780263600020", "72777582605435630378551040",
    "45663451525679660866766300", "80348334600820770867611030",
    "10010010212502104051901000", "73559451705565740676543050",
    "62638327804543663278723150", "71539327801532730766503161",
    "66656561600768470887000201", "81309010800003610060200000",
    "82248207802517800773302010", "60758213802140390448511550",
    "55647453800677780487226024", "80009220800600600450302066"};

// What examples are made of. Longest first where one begins another does not
// matter: the cover is the best of all.
constexpr std::string_view kSampleWords[] = {
    "a",          "abc",          "abcd",        "abcde",
    "abcdef",     "abcdefg",      "access",      "account",
    "acme",       "actual",       "admin",       "all",
    "an",         "and",          "another",     "any",
    "api",        "app",          "application", "apps",
    "are",        "as",           "asd",         "asdf",
    "at",         "auth",         "author",      "authorization",
    "aws",        "azure",        "bad",         "bar",
    "base",       "basic",        "baz",         "be",
    "bearer",     "blah",         "bob",         "bot",
    "by",         "ca",           "cert",        "client",
    "cloud",      "code",         "company",     "complex",
    "config",     "confirmation", "consumer",    "correct",
    "credential", "credentials",  "current",     "custom",
    "data",       "database",     "db",          "default",
    "demo",       "dev",          "different",   "do",
    "docker",     "domain",       "dummy",       "email",
    "empty",      "encrypted",    "encryption",  "enter",
    "env",        "example",      "existing",    "expired",
    "expected",   "fake",         "false",       "field",
    "file",       "first",        "foo",         "foobar",
    "for",        "from",         "git",         "github",
    "gitlab",     "good",         "google",      "guest",
    "has",        "hash",         "hello",       "here",
    "hidden",     "host",         "id",          "in",
    "incorrect",  "init",         "initial",     "input",
    "insecure",   "integration",  "invalid",     "is",
    "it",         "jane",         "john",        "jwt",
    "key",        "keys",         "keystore",    "last",
    "later",      "ldap",         "local",       "localhost",
    "login",      "long",         "mail",        "master",
    "me",         "mine",         "mock",        "more",
    "my",         "mypass",       "mysql",       "name",
    "new",        "no",           "none",        "not",
    "now",        "null",         "oauth",       "of",
    "ok",         "old",          "on",          "one",
    "only",       "or",           "original",    "other",
    "our",        "page",         "pass",        "passphrase",
    "passwd",     "passwords",    "password",    "personal",
    "phrase",     "placeholder",  "please",      "postgres",
    "private",    "prod",         "production",  "project",
    "public",     "put",          "pw",          "pwd",
    "quux",       "qux",          "qwe",         "qwerty",
    "real",       "redis",        "refresh",     "replace",
    "repo",       "reset",        "root",        "safe",
    "salt",       "same",         "sample",      "second",
    "secret",     "secrets",      "secure",      "server",
    "service",    "session",      "set",         "shared",
    "should",     "signing",      "site",        "some",
    "somebody",   "something",    "sqlserver",   "staging",
    "stored",     "string",       "strong",      "stuff",
    "super",      "sys",          "system",      "temp",
    "test",       "tester",       "testing",     "tests",
    "text",       "that",         "the",         "these",
    "thing",      "this",         "three",       "to",
    "token",      "tokens",       "top",         "true",
    "truststore", "two",          "type",        "unit",
    "unknown",    "unsafe",       "update",      "updated",
    "url",        "use",          "user",        "username",
    "users",      "valid",        "value",       "values",
    "very",       "web",          "webhook",     "with",
    "world",      "wrong",        "www",         "xx",
    "xxx",        "xyz",          "yes",         "your",
    "yours",      "zzz",          "stong",       "pretend",
    "ha",         "pazz",         "word",        "tester",
    "testuser",   "someone",      "bla",         "verify",
    "check",      "optional",     "required",    "provider",
    "alice",      "nope",         "priv",        "smtp",
    "imap",       "ftp",          "ssh",         "development",
    "short",      "right",        "geheim",      "geheimnis",
    "secreto",    "segredo",      "motdepasse",  "senha",
    "passwort",   "contrasena",   "plain",       "plaintext",
    "cleartext",
};

constexpr std::string_view kPlaceholderWords[] = {
    "changeme",   "changeit",    "change-me",   "change_me",   "change_this",
    "changethis", "change-this", "placeholder", "example",     "redacted",
    "dummy",      "your_",       "your-",       "yourpass",    "yoursecret",
    "yourtoken",  "yourkey",     "yourapi",     "yourown",     "insert",
    "replace",    "goes_here",   "goes-here",   "goeshere",    "_here",
    "-here",      "todo",        "fixme",       "notreal",     "not-real",
    "not_real",   "foobar",      "xxxx",        "****",        "....",
    "foo_bar",    "lorem",       "censored",    "hidden",      "removed",
    "my_secret",  "my-secret",   "mysecret",    "secret_key",  "topsecret",
    "asdfasdf",   "blahblah",    "sanitized",   "scrubbed",    "obfuscated",
    "masked",     "<your",       "deadbeef",    "fakepass",    "faketoken",
    "fake_",      "fake-",       "testtest",    "undisclosed",
};

constexpr std::string_view kKeywords[] = {
    "latin1",
    "urllib2",
    "confirmed",
    "rehashed",
    "charset",
    "xxh128",
    "xxh64",
    "xxh32",
    "crc32",
    "appendable",
    "iota",
    "bytes",
    "https",
    "http",
    "ssl",
    "tls",
    "ascii",
    "xoauth2",
    "xoauth",
    "mswin32",
    "ntlm",
    "gssapi",
    "kerberos",
    "unix",
    "uint8array",
    "bytearray",
    "arraybuffer",
    "securestring",
    "secretstring",
    "bytestring",
    "unused",
    "ignored",
    "negotiate",
    "interactive",
    "stdin",
    "external",
    "internal",
    "primary",
    "secondary",
    "option",
    "options",
    "proxy",
    "true",
    "false",
    "null",
    "nil",
    "none",
    "undefined",
    "yes",
    "no",
    "on",
    "off",
    "string",
    "str",
    "text",
    "password",
    "number",
    "integer",
    "int",
    "object",
    "array",
    "boolean",
    "bool",
    "required",
    "optional",
    "enabled",
    "disabled",
    "default",
    "hidden",
    "empty",
    "bearer",
    "basic",
    "digest",
    "varchar",
    "char",
    "private",
    "public",
    "static",
    "readonly",
    "this",
    "self",
    "new",
    "void",
    "auto",
    "plain",
    "file",
    "always",
    "never",
    "prompt",
    "ask",
    "any",
    "unknown",
    "nullable",
    "allow",
    "deny",
    "strong",
    "weak",
    "medium",
    "oauth",
    "oauth2",
    "ldap",
    "jwt",
    "email",
    "username",
    "login",
    "value",
    "name",
    "type",
    "reset",
    "random",
    "generate",
    "generated",
    "manual",
    "automatic",
    "expired",
    "invalid",
    "incorrect",
    "missing",
    "success",
    "error",
    "failed",
    "bcrypt",
    "md5",
    "sha1",
    "sha256",
    "sha512",
    "argon2",
    "argon2id",
    "scrypt",
    "pbkdf2",
    "utf8",
    "utf-16le",
    "utf-16",
    "ntlm_wb",
    "loggedin",
    "utf-8",
    "const",
    "function",
    "return",
    "submit",
    "button",
    "input",
    "compat",
    "before",
    "after",
    "uuidv4",
    "recovery",
    "changed",
    "common",
    // What a password is called in other languages.
    "passwort",
    "kennwort",
    "wachtwoord",
    "contrasenya",
    "contrasena",
    "senha",
    "parola",
    "parole",
    "adgangskode",
    "kodeord",
    "passord",
    "losenord",
    "salasana",
    "parool",
    "haslo",
    "heslo",
    "geslo",
    "lozinka",
    "jelszo",
    "sifre",
    "pasahitza",
    "slaptazodis",
    "parolachiave",
    "motdepasse",
    "palavrapasse",
};

// Credentials that RFC 5849, 6749, 6750 and 7617 and their kin print as
// examples, in lower case: everybody's tests and comments have them.
constexpr std::string_view kPrintedExamples[] = {
    "9djdj82h48djs9d2",
    "kkk9d7dh3k39sjv7",
    "dpf43f3p2l4k3l03",
    "kd94hf93k423kf44",
    "nnch734d00sl2jdk",
    "pfkkdhi9sl3r4s00",
    "hh5s93j4hdidpola",
    "hdhd0244k9j7ao03",
    "hfdp7dh39dks9884",
    "0685bd9184jfhq22",
    "ad180jjd733klru7",
    "2yotnfzfejr1zcsicmwpaa",
    "tgzv3jokf0xg5qx2tlkwia",
    "mf_9.b5f-4.1jqm",
    "h480djs93hd8",
    "7fjfp0zbr1ktdrbnfvdmiw",
    "gx1fbat3bv",
    "splxlobezqqybys6wxsbia",
    "489dks293j39",
    "qwxhbglyzgrpbjpvcg",
    "czzcagrsa3f0mzpnwdfmqmf0mzpcdnq"};

constexpr std::string_view kNotorious[] = {
    "123",         "1234",        "12345",     "123456",
    "1234567",     "12345678",    "123456789", "1234567890",
    "password1",   "password123", "p@ssw0rd",  "passw0rd",
    "pa$$word",    "pa$$w0rd",    "pa55word",  "p@ssword",
    "admin123",    "abc123",      "abcd1234",  "test123",
    "test1234",    "secret123",   "qwerty",    "qwerty123",
    "654321",      "111111",      "000000",    "s3cr3t",
    "s3cret",      "53cr3t",      "foobar",    "hunter2",
    "letmein",     "t0ps3cr3t",   "1q2w3e4r",  "topsecret",
    "opensesame",  "sesame",      "swordfish", "correcthorsebatterystaple",
    "t0p-secret",  "open sesame", "t0k3n",     "70k3n",
    "shhh",        "s3kr3t",      "sekret",    "sekrit",
    "supersecret", "passpass",    "toor",      "hackme",
};

enum class Class { kLower, kUpper, kDigit, kOther };

Class ClassOf(char c) {
  return IsLower(c)   ? Class::kLower
         : IsUpper(c) ? Class::kUpper
         : IsDigit(c) ? Class::kDigit
                      : Class::kOther;
}

template <size_t N>
bool IsOneOf(std::string_view value, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

// The sample words that end in each letter.
using WordsByEnd = std::array<std::vector<std::string_view>, 26>;

WordsByEnd SortSampleWords() {
  WordsByEnd words;
  for (std::string_view sample : kSampleWords) {
    words[static_cast<size_t>(sample.back() - 'a')].push_back(sample);
  }
  return words;
}

// How many letters of one word sample words can cover, laid end to end.
size_t CoveredLetters(std::string_view word) {
  if (word.size() > 64) {
    return 0;
  }
  static const WordsByEnd kByEnd = SortSampleWords();
  std::array<uint8_t, 65> best{};
  for (size_t end = 1; end <= word.size(); ++end) {
    best[end] = best[end - 1];
    if (!IsLower(word[end - 1])) {
      continue;
    }
    for (std::string_view sample :
         kByEnd[static_cast<size_t>(word[end - 1] - 'a')]) {
      // One and two letters count only as a word of their own.
      const bool whole = sample.size() == word.size();
      if (sample.size() <= end && (whole || sample.size() > 2) &&
          word.substr(end - sample.size(), sample.size()) == sample) {
        best[end] = std::max(
            best[end],
            static_cast<uint8_t>(best[end - sample.size()] + sample.size()));
      }
    }
  }
  return best[word.size()];
}

}  // namespace

std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  Class last = Class::kOther;
  for (size_t i = 0; i < text.size(); ++i) {
    const Class now = ClassOf(text[i]);
    const bool next_lower = i + 1 < text.size() && IsLower(text[i + 1]);
    const bool upper_goes_on =
        last == Class::kUpper &&
        (now == Class::kLower || (now == Class::kUpper && !next_lower));
    if (now != Class::kOther) {
      if (words.empty() || last == Class::kOther ||
          (now != last && !upper_goes_on) ||
          (now == Class::kUpper && last == Class::kUpper && next_lower)) {
        words.emplace_back();
      }
      words.back().push_back(LowerOf(text[i]));
    }
    last = now;
  }
  return words;
}

double WordLikeness(std::string_view letters) {
  int sum = 0;
  int pairs = 0;
  for (size_t i = 1; i < letters.size(); ++i) {
    const char a = LowerOf(letters[i - 1]);
    const char b = LowerOf(letters[i]);
    if (IsLower(a) && IsLower(b)) {
      sum += kPairs[static_cast<size_t>(a - 'a')][b - 'a'] - '0';
      ++pairs;
    }
  }
  return pairs == 0 ? 5.5 : static_cast<double>(sum) / pairs;
}

double SampleCover(std::string_view text) {
  size_t letters = 0;
  size_t covered = 0;
  for (const std::string& word : SplitWords(text)) {
    if (!IsDigit(word[0])) {
      letters += word.size();
      covered += CoveredLetters(word);
    }
  }
  return letters == 0
             ? 0
             : static_cast<double>(covered) / static_cast<double>(letters);
}

bool HoldsPlaceholderWord(std::string_view lower) {
  return std::any_of(std::begin(kPlaceholderWords), std::end(kPlaceholderWords),
                     [lower](std::string_view word) {
                       return lower.find(word) != std::string_view::npos;
                     }) ||
         IsOneOf(lower, kPrintedExamples);
}

bool IsKeyword(std::string_view lower) { return IsOneOf(lower, kKeywords); }

bool IsNotoriousPassword(std::string_view lower) {
  return IsOneOf(lower, kNotorious);
}

}  // namespace keysift
