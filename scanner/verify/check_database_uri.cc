// SPDX-License-Identifier: Apache-2.0
// scheme://user:password@host[:port]/database (RFC 3986 3.2.1, with the
// password that it advises against). The password is the secret; the other
// parts are told. Samples and servers on this machine lower the confidence: the
// password of a server that nobody else reaches opens nothing.
#include <algorithm>

#include "verify/check_list.h"
#include "verify/generic_words.h"
#include "verify/marks.h"
#include "verify/stand_in.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr std::string_view kSamplePasswords[] = {
    "password",    "pass",     "passwd",
    "pw",          "pwd",      "secret",
    "changeme",    "mypass",   "p",
    "postgres",    "root",     "admin",
    "test",        "guest",    "user",
    "foobar",      "foo",      "bar",
    "123456",      "1234",     "hackme",
    "pa55word",    "passw0rd", "yourpassword",
    "mypassword",  "example",  "mysecretpassword",
    "db_password",
};

constexpr std::string_view kSampleHosts[] = {
    "host",        "hostname",    "server",         "example.com",
    "example.org", "example.net", "db.example.com", "myhost",
    "dbhost",      "domain.com",  "your-host",
};

// The networks of documentation (RFC 5737), and what people type for "some
// address".
constexpr std::string_view kSampleNetworks[] = {"192.0.2.", "198.51.100.",
                                                "203.0.113."};
constexpr std::string_view kSampleAddress = "1.2.3.4";

constexpr std::string_view kLocalHosts[] = {
    "localhost", "127.0.0.1", "[", "0.0.0.0", "::1", "host.docker.internal"};

template <size_t N>
bool IsOneOf(std::string_view value, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

bool IsExample(std::string_view host) {
  for (std::string_view tail : {".example.com", ".example.org", ".example.net",
                                ".example", ".test", ".invalid"}) {
    if (host.size() > tail.size() &&
        host.substr(host.size() - tail.size()) == tail) {
      return true;
    }
  }
  for (std::string_view network : kSampleNetworks) {
    if (host.starts_with(network)) {
      return true;
    }
  }
  return host == kSampleAddress || IsOneOf(host, kSampleHosts);
}

// Words of samples only ("testpassword"), or what examples are full of. Digits
// after such a word make it a password that people do use.
bool IsSamplePassword(const std::string& password) {
  return IsOneOf(password, kSamplePasswords) ||
         (std::none_of(password.begin(), password.end(), IsDigit) &&
          SampleCover(password) > 0.99);
}

// Where an example or this machine is the host, nothing is at stake.
void DoubtSamples(const std::string& host, bool sample_password,
                  CheckResult* result) {
  if (sample_password || IsExample(host)) {
    result->at_most = Confidence::kPossible;
    result->marks |= kMarkPlaceholder;
  }
  if (IsOneOf(host, kLocalHosts)) {
    result->at_most = Confidence::kPossible;
    result->marks |= kMarkLocalHost;
  }
}

}  // namespace

CheckResult CheckDatabaseUri(const CheckInput& input) {
  const std::string_view match = input.Match();
  const size_t scheme_end = match.find("://");
  const size_t at = match.rfind('@');
  if (scheme_end == std::string_view::npos || at == std::string_view::npos ||
      at < scheme_end) {
    return CheckResult::Unknown();
  }
  size_t scheme = scheme_end;
  while (scheme > 0 &&
         (IsAlnum(match[scheme - 1]) || match[scheme - 1] == '+' ||
          match[scheme - 1] == '-' || match[scheme - 1] == ':')) {
    --scheme;
  }
  const std::string_view user_info =
      match.substr(scheme_end + 3, at - scheme_end - 3);
  const std::string user(user_info.substr(0, user_info.find(':')));
  const size_t host_end = match.find_first_of(":/?,\"' \t\r\n", at + 1);
  std::string host = ToLower(match.substr(
      at + 1,
      host_end == std::string_view::npos ? host_end : host_end - at - 1));
  if (host.empty()) {
    // The rule's match may stop at the '@'.
    const std::string_view after =
        input.window->After(Span{input.match.begin, input.match.end}, 64);
    host = ToLower(after.substr(0, after.find_first_of(":/?,\"' \t\r\n")));
  }
  const std::string password = ToLower(input.Secret());
  if (IsStandIn(password)) {
    return CheckResult::Drop("a stand-in for a password");
  }
  CheckResult result = CheckResult::Pass("parses as a URI");
  result.details.emplace_back("scheme",
                              match.substr(scheme, scheme_end - scheme));
  result.details.emplace_back("host", host);
  if (!user.empty()) {
    result.details.emplace_back("user", user);
  }
  const bool repeats = !user.empty() && ToLower(user) == password;
  DoubtSamples(host, repeats || IsSamplePassword(password), &result);
  return result;
}

// jdbc:subprotocol:[//|@]host[:port]…password=: what CheckDatabaseUri asks of a
// URI, for the forms in which the password is a parameter.
CheckResult CheckJdbcUrl(const CheckInput& input) {
  const std::string password = ToLower(input.Secret());
  if (IsStandIn(password)) {
    return CheckResult::Drop("a stand-in for a password");
  }
  const std::string_view match = input.Match();
  const size_t slashes = match.find("//");
  const size_t at = slashes != match.npos ? slashes + 1 : match.find('@');
  if (at == match.npos) {
    return CheckResult::Unknown();
  }
  std::string_view host = match.substr(at + 1);
  host = host.substr(0, host.find_first_of(":/?;,&\\"));
  CheckResult result = CheckResult::Pass("parses as a JDBC URL");
  result.details.emplace_back("host", host);
  DoubtSamples(ToLower(host), IsSamplePassword(password), &result);
  return result;
}

}  // namespace keysift
