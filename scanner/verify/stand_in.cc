// SPDX-License-Identifier: Apache-2.0
#include "verify/stand_in.h"

#include <algorithm>
#include <string_view>

#include "verify/generic_value.h"
#include "verify/generic_words.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr std::string_view kStandIns[] = {
    "password", "passwd",       "pass",       "pwd",     "pw",
    "secret",   "yourpassword", "mypassword", "example", "p"};

}  // namespace

bool IsStandIn(const std::string& password) {
  const bool words = password.find_first_of("-_") != std::string::npos &&
                     std::none_of(password.begin(), password.end(), IsDigit) &&
                     SampleCover(password) > 0.99;
  const bool variable =
      password[0] == '$' && password.size() > 1 && IsAlpha(password[1]);
  return words || variable ||
         std::find(std::begin(kStandIns), std::end(kStandIns), password) !=
             std::end(kStandIns) ||
         IsTemplate(password) || password.starts_with("%7b") ||
         HoldsPlaceholderWord(password);
}

}  // namespace keysift
