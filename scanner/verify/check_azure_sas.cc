// SPDX-License-Identifier: Apache-2.0
// Shared access signatures of Azure Storage (Microsoft's "Create a service
// SAS" and "Create an account SAS"): a query whose "sig" signs its other
// fields. Fields that the service would refuse say that it was invented or
// changed, so that it opens nothing.
#include <algorithm>

#include "verify/check_list.h"
#include "verify/text.h"

namespace keysift {
namespace {

// All permissions of all services. Their order is prescribed per service.
constexpr std::string_view kPermissions = "racwdxyltmeopiuf";

// The value of a field. The first one may stand behind a variable's name, as in
// "TOKEN=sp=r&…".
std::string_view FieldOf(std::string_view query, std::string_view name) {
  for (size_t at = query.find(name); at != query.npos;
       at = query.find(name, at + 1)) {
    const std::string_view rest = query.substr(at + name.size());
    if (rest.starts_with('=') && (at == 0 || !IsAlnum(query[at - 1]))) {
      return rest.substr(1, rest.find('&') - 1);
    }
  }
  return {};
}

// Letters of kPermissions, each once.
bool ArePermissions(std::string_view letters) {
  for (size_t i = 0; i < letters.size(); ++i) {
    if (kPermissions.find(letters[i]) == kPermissions.npos ||
        letters.find(letters[i], i + 1) != letters.npos) {
      return false;
    }
  }
  return true;
}

bool IsAddress(std::string_view text) {
  int numbers = 0;
  for (size_t at = 0; at <= text.size(); ++numbers) {
    const size_t end = std::min(text.find('.', at), text.size());
    const std::string_view number = text.substr(at, end - at);
    if (number.empty() || number.size() > 3 ||
        !std::all_of(number.begin(), number.end(), IsDigit)) {
      return false;
    }
    at = end + 1;
  }
  return numbers == 4;
}

// One IPv4 address, or two with "-" between.
bool AreAddresses(std::string_view text) {
  const size_t dash = text.find('-');
  return IsAddress(text.substr(0, dash)) &&
         (dash == text.npos || IsAddress(text.substr(dash + 1)));
}

}  // namespace

CheckResult CheckAzureSas(const CheckInput& input) {
  // The fields may stand before the one with which the rule's match begins.
  const std::string_view before =
      input.window->Before(Span{input.match.begin, input.match.begin}, 256);
  const size_t start = before.find_last_of("?\"' \t\r\n`<>(");
  const size_t head =
      start == before.npos ? before.size() : before.size() - start - 1;
  const std::string_view query =
      input.window->Bytes(Span{input.match.begin - head, input.secret.end});
  CheckResult result = CheckResult::Pass("fields of a shared access signature");
  const std::string_view permissions = FieldOf(query, "sp");
  const std::string_view addresses = FieldOf(query, "sip");
  if (!permissions.empty() && !ArePermissions(permissions)) {
    result = CheckResult::Unlike("permissions that no service knows");
  } else if (!addresses.empty() && !AreAddresses(addresses)) {
    result = CheckResult::Unlike("no address where one is asked for");
  }
  for (const auto& [field, detail] :
       {std::pair{"sp", "permissions"}, std::pair{"se", "expires"}}) {
    const std::string_view value = FieldOf(query, field);
    if (!value.empty()) {
      result.details.emplace_back(detail, value);
    }
  }
  return result;
}

}  // namespace keysift
