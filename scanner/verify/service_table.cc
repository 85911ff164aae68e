// SPDX-License-Identifier: Apache-2.0
// Finding one of hundreds of names near a value.
//
// Problem: hundreds of services give out keys without a mark of their own, 32
// characters that only a name nearby tells apart from a checksum. A rule each
// means a literal each in the pattern database, and seven hundred short
// literals made the scan of a history a quarter slower (curl's: 2.8 to 3.6 s of
// CPU).
//
// Idea: one rule hits where a word such as "key" or "token" leads to a value;
// this table is asked about the few bytes before it. The names are sorted, so
// from each position of the context one binary search finds those that begin
// there. The cost is per candidate and does not grow with the services.
//
// Test: service_table_test.cc.
#include "verify/service_table.h"

#include <algorithm>
#include <sstream>

#include "verify/text.h"

namespace keysift {
namespace {

constexpr size_t kShortestName = 3;
// What must follow a name that is a common word, after two bytes at most.
constexpr std::string_view kFollowers[] = {
    "api",    "app", "key",     "token",    "secret",  "auth",  "pat",
    "access", "sdk", "account", "personal", "private", "client"};

bool IsSeparator(char byte) {
  return byte == '_' || byte == '-' || byte == '.' || byte == ' ';
}

// How much of `text` from `at` on spells `name`, in which "_" stands for any
// separator or none; 0 if it does not.
size_t SpelledLength(std::string_view text, size_t at, std::string_view name) {
  const size_t start = at;
  for (char letter : name) {
    if (letter == '_') {
      at += at < text.size() && IsSeparator(text[at]) ? 1 : 0;
    } else if (at < text.size() && LowerOf(text[at]) == letter) {
      ++at;
    } else {
      return 0;
    }
  }
  return at - start;
}

bool HasFollower(std::string_view text, size_t at) {
  for (int skipped = 0; skipped <= 2 && at < text.size(); ++skipped, ++at) {
    const std::string_view rest = text.substr(at);
    if (std::any_of(std::begin(kFollowers), std::end(kFollowers),
                    [rest](std::string_view word) {
                      return SpelledLength(rest, 0, word) > 0;
                    })) {
      return true;
    }
    if (!IsSeparator(text[at])) {
      return false;
    }
  }
  return false;
}

// A key ends where no more bytes of keys follow.
bool EndsAt(std::string_view value, size_t length) {
  return length == value.size() ||
         !(IsAlnum(value[length]) || value[length] == '_' ||
           value[length] == '-' || value[length] == '=' ||
           value[length] == '+' || value[length] == '/');
}

size_t KeyLength(const ServiceTable::Service& service, std::string_view value,
                 bool loosely) {
  for (const KeyForm& form : service.forms) {
    const size_t length =
        loosely ? form.MatchLoosely(value) : form.Match(value);
    if (length > 0 && EndsAt(value, length)) {
      return length;
    }
  }
  for (const KeyForm& id : service.ids) {
    const size_t length = loosely ? id.Match(value) : 0;
    if (length > 0 && EndsAt(value, length)) {
      return length;
    }
  }
  return 0;
}

}  // namespace

void ServiceTable::Build() const {
  for (const std::string& line : *lines_) {
    std::istringstream words(line);
    Service service;
    words >> service.name;
    service.is_word = service.name.starts_with('~');
    service.name.erase(0, service.is_word ? 1 : 0);
    for (std::string form; words >> form;) {
      const bool is_id = form.front() == '?';
      form.erase(0, is_id ? 1 : 0);
      Result<KeyForm> parsed = KeyForm::Parse(form);
      if (parsed) {
        (is_id ? service.ids : service.forms).push_back(std::move(*parsed));
      }
    }
    if (service.name.size() >= kShortestName) {
      services_.push_back(std::move(service));
    }
  }
  std::sort(services_.begin(), services_.end(),
            [](const Service& a, const Service& b) { return a.name < b.name; });
}

ServiceTable::Found ServiceTable::TryNamesAt(std::string_view context,
                                             size_t at, std::string_view value,
                                             bool loosely) const {
  std::string head;
  for (size_t i = 0; i < kShortestName; ++i) {
    head.push_back(LowerOf(context[at + i]));
  }
  const bool begins_word = at == 0 || !IsAlnum(context[at - 1]) ||
                           (IsLower(context[at - 1]) && IsUpper(context[at]));
  const auto head_of = [](const Service& service) {
    return std::string_view(service.name).substr(0, kShortestName);
  };
  auto service = std::lower_bound(
      services_.begin(), services_.end(), head,
      [&](const Service& s, const std::string& h) { return head_of(s) < h; });
  for (; service != services_.end() && head_of(*service) == head; ++service) {
    const size_t spelled = SpelledLength(context, at, service->name);
    const bool counts = service->is_word
                            ? begins_word && HasFollower(context, at + spelled)
                            : begins_word || service->name.size() > 5;
    const size_t length =
        spelled > 0 && counts ? KeyLength(*service, value, loosely) : 0;
    if (length > 0) {
      return {&*service, length, loosely, at + spelled};
    }
  }
  return {};
}

ServiceTable::Found ServiceTable::Find(std::string_view context,
                                       std::string_view value) const {
  std::call_once(once_, [this] { Build(); });
  const Found found = FindIn(context, value, false);
  return found.service != nullptr ? found : FindIn(context, value, true);
}

ServiceTable::Found ServiceTable::FindIn(std::string_view context,
                                         std::string_view value,
                                         bool loosely) const {
  for (size_t left = context.size() + 1; left > kShortestName; --left) {
    const Found found =
        TryNamesAt(context, left - 1 - kShortestName, value, loosely);
    if (found.service != nullptr) {
      return found;
    }
  }
  return {};
}

}  // namespace keysift
