// SPDX-License-Identifier: Apache-2.0
// A name is read from its end: the last words say what the value is
// ("password_hash" is a hash, "hash_password" a password). Where a spoiler
// follows the credential word, the value is about the credential.
// Test: tests/verify/generic_name_test.cc.
#include "verify/generic_name.h"

#include <algorithm>

#include "verify/generic_words.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr std::string_view kPasswordTails[] = {
    "password",   "passwords",  "passwd",     "passphrase",  "passcode",
    "pwd",        "psw",        "passwort",   "kennwort",    "pw",
    "senha",      "contrasena", "wachtwoord", "requirepass", "pswd",
    "masterauth", "passphase",  "passw",
};

// Words after the credential word that do not change what it is.
constexpr std::string_view kNeutral[] = {
    "value",
    "val",
    "str",
    "string",
    "text",
    "default",
    "confirmation",
    "confirm",
    "again",
    "plain",
    "plaintext",
    "clear",
    "cleartext",
    "raw",
    "prod",
    "dev",
    "test",
    "staging",
    "base",
    "old",
    "new",
    "current",
    "env",
    "var",
    "base64",
    "b64",
    "data",
    "bytes",
    "live",
    "v",
    "ver",
    "ver",
    "hex",
    "one",
    "two",
    "primary",
    "secondary",
    "live",
    "production",
    "development",
    "is",
    "literal",
    "byte",
    "sha",
    "a",
    "b",
    "x",
};

// Words that make it something about a credential, wherever they stand behind.
constexpr std::string_view kSpoilers[] = {
    "php",       "java",        "py",         "rb",        "html",
    "tsx",       "vue",         "css",        "scss",      "fingerprint",
    "hash",      "hashed",      "digest",     "encrypted", "encoded",
    "crypted",   "length",      "len",        "min",       "max",
    "size",      "count",       "field",      "label",     "placeholder",
    "hint",      "prompt",      "help",       "title",     "message",
    "msg",       "error",       "errors",     "url",       "uri",
    "path",      "file",        "filename",   "dir",       "folder",
    "type",      "kind",        "name",       "id",        "ids",
    "ref",       "policy",      "regex",      "pattern",   "format",
    "encoder",   "hasher",      "algorithm",  "alg",       "method",
    "mode",      "provider",    "manager",    "service",   "class",
    "factory",   "builder",     "expiry",     "expires",   "expiration",
    "ttl",       "timeout",     "lifetime",   "age",       "at",
    "enabled",   "required",    "reset",      "change",    "column",
    "attribute", "attr",        "parameter",  "param",     "arg",
    "option",    "input",       "box",        "form",      "page",
    "screen",    "view",        "route",      "endpoint",  "header",
    "prefix",    "suffix",      "store",      "vault",     "source",
    "strength",  "validator",   "validation", "rule",      "rules",
    "callback",  "handler",     "icon",       "style",     "color",
    "index",     "idx",         "position",   "usage",     "scope",
    "issuer",    "spec",        "version",    "info",      "status",
    "state",     "description", "desc",       "arn",       "fingerprint",
    "alias",     "selector",    "locator",    "xpath",     "css",
    "command",   "cmd",         "script",     "lookup",    "generator",
    "mount",     "engine",      "template",   "schema",    "model",
    "property",  "host",        "port",       "server",    "user",
    "username",  "email",       "login",      "action",    "event",
    "flag",      "char",        "chars",      "date",      "time",
    "created",   "updated",     "modified",   "limit",     "rotation",
    "exists",    "visible",     "required",   "allowed",   "bits",
    "code",      "stream",      "iterator",   "parser",    "list",
    "map",       "set",         "words",      "cookie",    "domain",
    "realm",     "scheme",      "api",        "item",      "node",
    "entry",     "object",      "request",    "response",  "grant",
    "flow",      "level",       "group",      "role",
};

// Words right before the credential word that make it harmless.
constexpr std::string_view kHarmless[] = {
    "public", "pub",     "encrypted", "hashed", "crypted", "hash",
    "csrf",   "xsrf",    "missing",   "no",     "without", "has",
    "show",   "hide",    "toggle",    "allow",  "require", "requires",
    "enable", "disable", "validate",  "verify", "check",   "is",
    "get",    "forgot",  "forgotten", "ice",    "sealed",  "authenticity",
};

// And those that do so for a "key" or a "token" only.
constexpr std::string_view kHarmlessKeys[] = {
    "next",      "page",        "continuation", "cancellation", "cancel",
    "sort",      "partition",   "primary",      "foreign",      "unique",
    "cache",     "range",       "group",        "row",          "map",
    "dict",      "object",      "bucket",       "s3",           "parent",
    "left",      "right",       "up",           "down",         "tab",
    "return",    "escape",      "shift",        "ctrl",         "arrow",
    "hot",       "shortcut",    "press",        "translation",  "i18n",
    "message",   "idempotency", "routing",      "registry",     "metadata",
    "attribute", "syntax",      "lexer",        "parse",        "end",
    "start",     "begin",       "stop",         "comment",      "keyword",
    "separator", "operator",    "close",        "open",         "on",
    "error",     "err",         "expected",     "reset",        "ssh",
    "gpg",       "pgp",         "host",         "hash",         "socket",
    "create",    "consume",     "peek",         "emit",         "match",
    "skip",      "flat",        "lock",         "invalid",      "wrong",
    "incorrect", "contains",    "action",       "change",       "wait",
    "request",   "pagination",  "starting",     "websocket",    "batch",
    "creation",  "sender",      "expired",
};

template <size_t N>
bool IsOneOf(std::string_view value, const std::string_view (&list)[N]) {
  // The first letter tells most apart without a call.
  return !value.empty() && std::any_of(std::begin(list), std::end(list),
                                       [value](std::string_view item) {
                                         return item[0] == value[0] &&
                                                item == value;
                                       });
}

// And those that do so wherever they stand.
constexpr std::string_view kNeverSecret[] = {"public", "encrypted", "hashed",
                                             "sha",    "md",        "bcrypt"};

// ERRCODE_INVALID_PASSWORD: what may go wrong, in a list of constants.
constexpr std::string_view kErrors[] = {"err", "errcode", "errno", "error"};

bool IsNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), IsDigit);
}

bool EndsWith(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() &&
         text.substr(text.size() - tail.size()) == tail;
}

// The kind of a credential word, with the word before it ("" if none).
NameKind KindOf(std::string_view word, std::string_view before) {
  static constexpr std::string_view kOtherPasses[] = {
      "bypass",   "compass", "surpass",  "trespass", "encompass", "lastpass",
      "keepass",  "sshpass", "askpass",  "encpass",  "highpass",  "lowpass",
      "bandpass", "allpass", "overpass", "underpass"};
  static constexpr std::string_view kPassHeads[] = {
      "render", "shadow", "depth",  "first",  "second", "multi", "one",
      "two",    "single", "next",   "test",   "tests",  "low",   "high",
      "band",   "by",     "all",    "pre",    "post",   "third", "opt",
      "error",  "not",    "status", "should", "must",   "will"};
  static constexpr std::string_view kOtherKeys[] = {
      "monkey", "turkey", "donkey", "hockey", "jockey", "whiskey", "pubkey",
      "pubkeys", "hotkey",
      // a lock of WebDAV (RFC 4918, appendix C)
      "opaquelocktoken"};
  if (IsOneOf(word, kOtherPasses) || IsOneOf(word, kOtherKeys) ||
      (word == "pass" && IsOneOf(before, kPassHeads))) {
    return NameKind::kNone;
  }
  if (IsOneOf(word, kPasswordTails) || word == "pass" ||
      EndsWith(word, "password") || EndsWith(word, "passwd") ||
      EndsWith(word, "passphrase") || EndsWith(word, "pwd") ||
      (word.size() > 5 && EndsWith(word, "pass")) || word == "bindpw") {
    return NameKind::kPassword;
  }
  if (EndsWith(word, "secret") || word == "secrets") {
    return NameKind::kSecret;
  }
  if (EndsWith(word, "token") || word == "tokens" || EndsWith(word, "apikey") ||
      word == "jwt" || word == "bearer") {
    return NameKind::kToken;
  }
  static constexpr std::string_view kKeyHeads[] = {
      "api",       "access",     "private",    "encryption",  "signing",
      "master",    "account",    "storage",    "consumer",    "license",
      "service",   "admin",      "app",        "client",      "cipher",
      "crypt",     "crypto",     "hmac",       "aes",         "auth",
      "deploy",    "deployment", "license",    "certificate", "rest",
      "write",     "read",       "session",    "cookie",      "integration",
      "signature", "validation", "decryption", "webhook",     "priv",
      "security",  "oauth"};
  if (word == "key" || word == "keys") {
    return before == "secret"           ? NameKind::kSecret
           : IsOneOf(before, kKeyHeads) ? NameKind::kToken
                                        : NameKind::kWeak;
  }
  if (EndsWith(word, "accesskey") || EndsWith(word, "secretkey") ||
      EndsWith(word, "privatekey") || EndsWith(word, "authkey")) {
    return NameKind::kToken;
  }
  static constexpr std::string_view kAuthWords[] = {
      "auth", "authorization", "credential", "credentials", "cred", "creds"};
  if (IsOneOf(word, kAuthWords)) {
    return NameKind::kAuth;
  }
  static constexpr std::string_view kWeakWords[] = {
      "nonce", "salt",    "oauth",     "authentication", "seed",
      "sid",   "session", "signature", "authdata"};
  return IsOneOf(word, kWeakWords) || EndsWith(word, "key") ? NameKind::kWeak
                                                            : NameKind::kNone;
}

}  // namespace

NameReading ReadName(std::string_view name) {
  NameReading reading;
  reading.words = SplitWords(name);
  const std::vector<std::string>& words = reading.words;
  for (size_t i = words.size(); i > 0; --i) {
    const std::string& word = words[i - 1];
    const std::string_view before = i > 1 ? std::string_view(words[i - 2]) : "";
    const NameKind kind = KindOf(word, before);
    if (kind != NameKind::kNone) {
      reading.kind = kind;
      if (reading.spoiler.empty() && IsOneOf(words[0], kErrors)) {
        reading.spoiler = words[0];
      }
      const bool key = kind == NameKind::kWeak || kind == NameKind::kToken;
      const bool never =
          std::any_of(words.begin(), words.end(), [](const std::string& other) {
            return IsOneOf(other, kNeverSecret);
          });
      if (reading.spoiler.empty() &&
          (never || IsOneOf(before, kHarmless) ||
           (key && IsOneOf(before, kHarmlessKeys)))) {
        reading.spoiler = never ? "public" : std::string(before);
      }
      return reading;
    }
    if (IsOneOf(word, kSpoilers)) {
      reading.spoiler = word;
    } else if (!IsOneOf(word, kNeutral) && !IsNumber(word)) {
      // One unknown word behind may be whose it is ("PASSWORD_ALICE"); two make
      // it something else.
      if (reading.followed && reading.spoiler.empty()) {
        reading.spoiler = word;
      }
      reading.followed = true;
    }
  }
  return reading;
}

}  // namespace keysift
