// SPDX-License-Identifier: Apache-2.0
// Keys of services that only their name marks: see service_table.cc.
#include "verify/check_service_key.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "verify/marks.h"
#include "verify/service_table.h"
#include "verify/text.h"

namespace keysift {
namespace {

// From a service's name to the word that leads to the value: less than a line,
// as in "Request to acme\nAPI_KEY=…".
constexpr uint64_t kNameDistance = 56;

const ServiceTable& Services() {
  static const ServiceTable services(&KnownServices());
  return services;
}

// Whether what leads to the value assigns it: "key = ", "key: ", <key>, not
// "key - " or "key " as in prose and in names.
bool IsAssigned(std::string_view context, uint64_t lead) {
  const std::string_view bytes = context.substr(context.size() - lead);
  return bytes.find_first_of("=:,(>") != bytes.npos;
}

// The longest key of the list, about.
constexpr uint64_t kLongestValue = 600;

bool IsValueByte(char byte) {
  return IsAlnum(byte) ||
         std::string_view("_=+/.:%-").find(byte) != std::string_view::npos;
}

// From what the rule's regex takes to where the value ends.
Span WholeValue(const CheckInput& input) {
  constexpr uint64_t kStep = 64;
  Span value = input.secret;
  while (value.size() < kLongestValue) {
    const std::string_view after = input.window->After(value, kStep);
    const auto end = std::find_if_not(after.begin(), after.end(), IsValueByte);
    value.end += static_cast<uint64_t>(end - after.begin());
    if (end != after.end() || after.size() < kStep) {
      break;
    }
  }
  return value;
}

// Whether the name stands in a sentence of an earlier line ("Request to the
// acme API\nkey=…"), and not where a block is opened ("acme:", "<acmeToken>").
bool IsNamedInPassing(std::string_view after_name) {
  const size_t line_end = after_name.find('\n');
  if (line_end == after_name.npos) {
    return false;
  }
  const std::string_view rest = Trim(after_name.substr(0, line_end));
  return rest.empty() || IsAlnum(rest.back()) || rest.back() == '.';
}

// Whether the quoted or bare value goes on behind the key with bytes that part
// no two values: "key.more", "key|more", "key?more".
bool GoesOn(std::string_view after_key) {
  return after_key.size() >= 2 &&
         std::string_view(".|?!~^*").find(after_key[0]) !=
             std::string_view::npos &&
         (IsAlnum(after_key[1]) || after_key[1] == '_' || after_key[1] == '-');
}

// Letters of one case with a digit at most: of 20 that a machine drew from
// either alphabet, one in fifty looks so; of 27, one in two hundred.
bool LooksTyped(std::string_view key) {
  constexpr ptrdiff_t kLong = 20;
  const auto count = [key](bool (*is)(char)) {
    return std::count_if(key.begin(), key.end(), is);
  };
  return std::ssize(key) >= kLong && count(IsDigit) <= 1 &&
         (count(IsUpper) == 0 || count(IsLower) == 0);
}

// The key of a captcha that stands in every page: data-sitekey="…".
bool LeadsToSiteKey(std::string_view context) {
  constexpr size_t kNear = 16;
  const std::string lead =
      ToLower(context.substr(context.size() - std::min(context.size(), kNear)));
  return lead.find("sitekey") != lead.npos ||
         lead.find("site_key") != lead.npos ||
         lead.find("site-key") != lead.npos;
}

}  // namespace

CheckResult CheckServiceKey(const CheckInput& input) {
  const std::string_view value = input.window->Bytes(WholeValue(input));
  // Of 20 letters and digits that a machine drew, one in forty has no digit.
  if (std::none_of(value.begin(), value.end(), IsDigit)) {
    return CheckResult::Drop("no digit in it");
  }
  const Span lead{input.match.begin, input.secret.begin};
  input.window->Before(lead, kNameDistance);
  const std::string_view context = input.window->Bytes(
      Span{lead.begin - std::min(lead.begin, kNameDistance), lead.end});
  const ServiceTable::Found found = Services().Find(context, value);
  if (found.service == nullptr) {
    return CheckResult::Drop("no service with keys of this form is named");
  }
  if (LeadsToSiteKey(context)) {
    return CheckResult::Drop("a site key is public");
  }
  const std::string_view key = value.substr(0, found.length);
  if (std::none_of(key.begin(), key.end(), IsDigit)) {
    return CheckResult::Drop("no digit in it");
  }
  CheckResult result =
      CheckResult::Pass("stands by the name of " + found.service->name);
  result.details.emplace_back("service", found.service->name);
  result.extent = Span{input.secret.begin, input.secret.begin + found.length};
  const std::string_view after = input.window->After(result.extent, 2);
  if (found.loosely || LooksTyped(key) || GoesOn(after) ||
      IsNamedInPassing(context.substr(found.name_end))) {
    result.marks |= kMarkLoose;
    result.at_most = Confidence::kPossible;
  } else if (!IsAssigned(context, lead.size())) {
    result.at_most = Confidence::kPossible;
  }
  return result;
}

}  // namespace keysift
